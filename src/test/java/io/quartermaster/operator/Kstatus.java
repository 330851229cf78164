package io.quartermaster.operator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What tools that know nothing of a resource make of its status, by the rules of kstatus for kinds
 * that it does not know (sigs.k8s.io/cli-utils, pkg/kstatus).
 */
enum Kstatus {
    InProgress,
    Failed,
    Current,
    Terminating;

    static Kstatus of(JsonNode resource) {
        if (resource.at("/metadata/deletionTimestamp").isTextual()) return Terminating;
        var status = resource.path("status");
        long observed = status.path("observedGeneration").asLong();
        if (observed != resource.at("/metadata/generation").asLong()) return InProgress;
        if (is(status, "Reconciling", "True")) return InProgress;
        if (is(status, "Stalled", "True")) return Failed;
        boolean unready = is(status, "Ready", "False") || is(status, "Ready", "Unknown");
        return unready ? InProgress : Current;
    }

    private static boolean is(JsonNode status, String type, String value) {
        return status.path("conditions")
                .valueStream()
                .anyMatch(
                        each ->
                                each.path("type").asText().equals(type)
                                        && each.path("status").asText().equals(value));
    }
}
