package io.quartermaster.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** JSON as it is written and read here: maps in their order, and answers that may be anything. */
final class JsonBody {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private JsonBody() {}

    /** The value as bytes, the same each time. */
    static byte[] write(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("maps and texts can be written", e);
        }
    }

    /** What the text says, missing where it is no JSON. */
    static JsonNode read(String text) {
        try {
            var read = JSON.readTree(text);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
