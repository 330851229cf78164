package io.quartermaster.rest.request;

import static com.fasterxml.jackson.databind.cfg.CoercionAction.Fail;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Problem.Violation;
import io.quartermaster.rest.problem.Refused;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Small JSON bodies, read strictly: unknown and repeated fields and wrong types are refused. */
public final class Bodies {
    private static final ObjectReader STRICT =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            texts ->
                                    texts.setCoercion(CoercionInputShape.Integer, Fail)
                                            .setCoercion(CoercionInputShape.Float, Fail)
                                            .setCoercion(CoercionInputShape.Boolean, Fail))
                    .build()
                    .reader();

    private static final byte[] NOTHING = {'{', '}'};

    private Bodies() {}

    /**
     * Reads a body.
     *
     * @param type a record; which of its parts may be missing is its own affair
     * @throws Refused with 400 when it is no JSON, with 422 and a pointer when it is no such record
     */
    public static <T> T read(byte[] body, Class<T> type) {
        try {
            T read = STRICT.forType(type).readValue(body.length == 0 ? NOTHING : body);
            if (read != null) return read;
            throw invalid("", "wrong-type", "the body is null, expected an object");
        } catch (UnrecognizedPropertyException e) {
            var known =
                    e.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
            var name = Problem.excerpt(e.getPropertyName());
            var message = "there is no field '%s'; known are: %s".formatted(name, known);
            throw invalid(pointer(e), "unknown-field", message);
        } catch (JsonMappingException e) {
            throw invalid(pointer(e), "wrong-type", wrongType(e));
        } catch (JacksonException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes cannot fail to be read", e);
        }
    }

    /** A body of which one field is wrong. */
    public static Refused invalid(String pointer, String code, String message) {
        var detail = pointer.isEmpty() ? message : pointer + ": " + message;
        return new Refused(
                Problem.of(422, "invalid", detail)
                        .with(List.of(new Violation(pointer, code, message))));
    }

    private static Refused unreadable(JacksonException failure) {
        var at = failure.getLocation();
        var where =
                at == null
                        ? ""
                        : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        return new Refused(400, "unreadable-json", "the body is no JSON object" + where);
    }

    private static String wrongType(JsonMappingException failure) {
        return failure.getPath().isEmpty()
                ? "the body is not the one JSON object that is expected"
                : "this is missing or of another type than expected";
    }

    private static String pointer(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(
                        part ->
                                part.getFieldName() == null
                                        ? "" + part.getIndex()
                                        : part.getFieldName())
                .map(part -> "/" + part.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
