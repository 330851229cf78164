package io.quartermaster.rest;

import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.request.Bodies;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names in small bodies, by the rule for names in manifests (RFC 1123 labels). */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private Names() {}

    static void check(String pointer, @Nullable String name) {
        if (name != null && NAME.matcher(name).matches()) return;
        var message =
                "found %s; expected lower case letters, digits and hyphens, at most 63"
                        .formatted(name == null ? "nothing" : "'" + Problem.excerpt(name) + "'");
        throw Bodies.invalid(pointer, name == null ? "missing-field" : "bad-format", message);
    }
}
