package io.quartermaster.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quartermaster.manifest.text.JsonText;
import io.quartermaster.manifest.text.Node;
import io.quartermaster.manifest.text.Node.Scalar;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document that somebody else understands: kept as JSON, its keys sorted, so that the
 * order in which it is written makes no difference.
 */
final class Foreign {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

    private Foreign() {}

    /**
     * The value as JSON; reported when it takes more than so many bytes, or holds a number that
     * JSON does not have.
     */
    static String read(Value value, int mostBytes) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be written", e);
        }
        String written = text.toString();
        int bytes = written.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > mostBytes) {
            value.report(
                    Code.TOO_LONG,
                    "found %d bytes as JSON; expected at most %d".formatted(bytes, mostBytes));
        }
        return written;
    }

    private static void write(Value value, JsonGenerator json) throws IOException {
        switch (value.node()) {
            case Node.Mapping mapping -> {
                json.writeStartObject();
                for (String key : new TreeMap<>(mapping.entries()).keySet()) {
                    json.writeFieldName(key);
                    write(value.part(key), json);
                }
                json.writeEndObject();
            }
            case Node.Sequence list -> {
                json.writeStartArray();
                for (Value item : value.items(0, list.items().size())) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case Scalar scalar -> write(scalar, value, json);
        }
    }

    private static void write(Scalar scalar, Value value, JsonGenerator json) throws IOException {
        switch (scalar.type()) {
            case TEXT -> json.writeString(scalar.text());
            case BOOLEAN -> json.writeBoolean(value.bool());
            case NULL -> json.writeNull();
            case INTEGER, DECIMAL -> {
                boolean plain = NUMBER.matcher(scalar.text()).matches();
                if (!plain) {
                    value.reportUnfit(Code.BAD_FORMAT, "a number as JSON has it, or quotes");
                }
                json.writeNumber(plain ? scalar.text() : "0");
            }
        }
    }

    /** What {@link #read} kept, as maps, lists, texts, numbers and booleans. */
    static Map<String, Object> write(String json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (JsonText.read(json).getFirst() instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, value) -> fields.put(key, plain(value)));
        }
        return fields;
    }

    private static @Nullable Object plain(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> fields.put(key, plain(value)));
                yield fields;
            }
            case Node.Sequence list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.items().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Scalar scalar ->
                    switch (scalar.type()) {
                        case TEXT -> scalar.text();
                        case BOOLEAN -> scalar.text().equals("true");
                        case INTEGER -> new BigInteger(scalar.text());
                        case DECIMAL -> new BigDecimal(scalar.text());
                        case NULL -> null;
                    };
        };
    }
}
