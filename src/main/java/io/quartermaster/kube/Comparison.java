package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Whether an apply would change an object. */
final class Comparison {
    /** Counted by the server, also in a dry run. */
    private static final List<String> COUNTED = List.of("resourceVersion", "generation");

    private Comparison() {}

    /**
     * Leaves out what the server counts, and when fields were set; who manages which fields is part
     * of the comparison, since fields that nobody manages are not removed later.
     */
    static boolean isSame(JsonNode live, JsonNode would) {
        return plain(live).equals(plain(would));
    }

    private static JsonNode plain(JsonNode object) {
        JsonNode copy = object.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(COUNTED);
            for (JsonNode entry : metadata.path("managedFields")) {
                ((ObjectNode) entry).remove("time");
            }
        }
        return copy;
    }
}
