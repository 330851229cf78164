package io.quartermaster.rest;

import io.quartermaster.manifest.Manifests;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.request.Bodies;
import org.jspecify.annotations.Nullable;

/** Names in small bodies, by the rule for names in manifests. */
final class Names {
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
}
