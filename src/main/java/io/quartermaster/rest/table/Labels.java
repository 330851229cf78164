package io.quartermaster.rest.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;

/** Texts by name as one JSON object, in the order of the names. */
final class Labels {
    private static final JsonMapper JSON = new JsonMapper();

    private Labels() {}

    static String json(Map<?, ?> named) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(named));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }
}
