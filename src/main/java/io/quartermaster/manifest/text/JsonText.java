package io.quartermaster.manifest.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.quartermaster.manifest.text.Node.Mark;
import io.quartermaster.manifest.text.Node.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON as RFC 8259 has it: one document, or a list of them. */
public final class JsonText {
    /** Names are not kept between readings, so that nobody can fill a table with colliding ones. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(2 * Tree.DEPTH)
                                    .maxStringLength(Encoding.BYTES)
                                    .maxNameLength(Encoding.BYTES)
                                    .build())
                    .build();

    private JsonText() {}

    /** The documents of the text, at least one. */
    public static List<Node> read(String text) {
        Tree tree = new Tree();
        try (JsonParser parser = FACTORY.createParser(text)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                Mark at = mark(parser.currentTokenLocation());
                if (depth == 0 && values++ > 0) {
                    throw new Refusal(
                            Refusal.Code.NOT_JSON,
                            at,
                            "something follows the first value; several documents are sent as a list");
                }
                depth += accept(token, parser, at, tree);
            }
        } catch (JsonProcessingException e) {
            throw new Refusal(Refusal.Code.NOT_JSON, mark(e.getLocation()), problem(e));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
        return tree.documents();
    }

    /** What the library found, without the words it quotes, which may be secret. */
    private static String problem(JsonProcessingException e) {
        String found = e.getOriginalMessage().lines().findFirst().orElse("");
        return "this is not JSON: "
                + (found.contains(" token '")
                        ? "here stands something that is not in quotes, and neither true, false nor null"
                        : Described.line(found.replaceAll("'[^']{2,}'", "...")))
                + "; YAML is sent as application/yaml";
    }

    private static int accept(JsonToken token, JsonParser parser, Mark at, Tree tree)
            throws IOException {
        switch (token) {
            case START_OBJECT -> tree.startMapping(at);
            case START_ARRAY -> tree.startSequence(at);
            case END_OBJECT, END_ARRAY -> tree.end();
            case FIELD_NAME -> tree.scalar(Type.TEXT, parser.currentName(), at);
            case VALUE_STRING -> tree.scalar(Type.TEXT, parser.getText(), at);
            case VALUE_NUMBER_INT -> tree.scalar(Type.INTEGER, parser.getText(), at);
            case VALUE_NUMBER_FLOAT -> tree.scalar(Type.DECIMAL, parser.getText(), at);
            case VALUE_TRUE, VALUE_FALSE -> tree.scalar(Type.BOOLEAN, parser.getText(), at);
            case VALUE_NULL -> tree.scalar(Type.NULL, parser.getText(), at);
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException(token + " does not come from a text");
        }
        return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }

    private static Mark mark(@Nullable JsonLocation at) {
        return at == null ? new Mark(1, 1) : new Mark(at.getLineNr(), at.getColumnNr());
    }
}
