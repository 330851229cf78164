package io.quartermaster.rest;

import io.quartermaster.manifest.Manifests;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.request.Bodies;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names and labels in small bodies, by the rules for those in manifests. */
final class Names {
    private static final int MOST_LABELS = 20;

    private Names() {}

    /** The name, if it is one. */
    static String check(String pointer, @Nullable String name) {
        if (name != null && Manifests.isName(name)) return name;
        var message =
                "found %s; expected %s"
                        .formatted(
                                name == null ? "nothing" : "'" + Problem.excerpt(name) + "'",
                                Manifests.NAMES);
        throw Bodies.invalid(pointer, name == null ? "missing-field" : "bad-format", message);
    }

    /** Labels as they may stand in a small body. */
    static Map<String, String> labels(
            String pointer, @Nullable Map<String, @Nullable String> labels) {
        var read = new TreeMap<String, String>();
        if (labels == null) return read;
        if (labels.size() > MOST_LABELS) {
            throw Bodies.invalid(pointer, "too-many", "it takes up to " + MOST_LABELS + " labels");
        }
        labels.forEach(
                (key, value) -> {
                    if (value == null || !Manifests.isLabel(key, value)) {
                        throw Bodies.invalid(
                                pointer, "bad-format", "keys and values are as in Kubernetes");
                    }
                    read.put(key, value);
                });
        return read;
    }
}
