package io.quartermaster.manifest;

import io.quartermaster.manifest.text.Described;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose fields are known. Reports the others at once, the known ones as they are read.
 * What is missing or does not fit reads as something harmless, as in {@link Value}.
 */
final class Fields {
    /** Fields that resources will have, or have elsewhere, and what to do about them now. */
    private static final Map<String, String> HINTS =
            Map.of(
                    "rollout", "rolling updates are not supported in this version; leave it out",
                    "health", "health checks are not supported in this version; leave it out",
                    "namespace", "write metadata.tenant instead");

    private final Value self;
    private final Set<String> present;

    Fields(Value self, Set<String> present, List<String> known) {
        this.self = self;
        this.present = present;
        for (String name : present) {
            if (!known.contains(name)) {
                self.part(name).report(Code.UNKNOWN_FIELD, unknown(name, known));
            }
        }
    }

    private String unknown(String name, List<String> known) {
        String found = "there is no field " + Described.quoted(name) + " here; ";
        if (HINTS.containsKey(name)) {
            return found + HINTS.get(name);
        }
        String all = "expected " + String.join(", ", known);
        return self.nearest(name, known)
                .map(near -> found + "did you mean " + near + "? " + all)
                .orElse(found + all);
    }

    Value self() {
        return self;
    }

    boolean has(String name) {
        return present.contains(name);
    }

    /** The field, if it is there. */
    Optional<Value> find(String name) {
        return has(name) ? Optional.of(self.part(name)) : Optional.empty();
    }

    /** The field; reported when it is not there. */
    Optional<Value> require(String name) {
        if (!has(name)) {
            self.part(name).report(Code.MISSING_FIELD, "the field " + name + " is missing; add it");
        }
        return find(name);
    }

    /** A field that must be there. */
    String text(String name, Shape shape) {
        return require(name).map(value -> value.text(shape)).orElse("");
    }

    /** A field that may be absent. */
    String text(String name, Shape shape, String fallback) {
        return find(name).map(value -> value.text(shape)).orElse(fallback);
    }

    /** A field that may be absent, and then has no value. */
    @Nullable String textOrNull(String name, Shape shape) {
        return has(name) ? self.part(name).text(shape) : null;
    }

    long number(String name, long least, long most, long fallback) {
        return find(name).map(value -> value.integer(least, most)).orElse(fallback);
    }

    int integer(String name, int least, int most, int fallback) {
        return Math.toIntExact(number(name, least, most, fallback));
    }

    int requiredInteger(String name, int least, int most) {
        return require(name)
                .map(value -> Math.toIntExact(value.integer(least, most)))
                .orElse(least);
    }

    boolean bool(String name, boolean fallback) {
        return find(name).map(Value::bool).orElse(fallback);
    }

    <E> E choice(String name, Map<String, E> choices, E fallback) {
        return find(name).flatMap(value -> value.choice(choices)).orElse(fallback);
    }

    /** A list of texts, empty when the field is absent. */
    List<String> texts(String name, int most, Shape shape) {
        return find(name).stream()
                .flatMap(value -> value.items(0, most).stream())
                .map(item -> item.text(shape))
                .toList();
    }

    /** Text by the writer's own keys, empty when the field is absent. */
    Map<String, String> texts(String name, int most, Shape keys, Shape values) {
        return find(name).map(value -> value.texts(most, keys, values)).orElse(Map.of());
    }

    /** The one of these fields that is there; reported unless it is exactly one. */
    Optional<Value> oneOf(String... names) {
        List<String> found = Stream.of(names).filter(this::has).toList();
        if (found.size() == 1) {
            return find(found.getFirst());
        }
        String expected = "expected exactly one of " + String.join(", ", names);
        self.report(
                Code.NOT_EXACTLY_ONE,
                found.isEmpty()
                        ? "found none of them; " + expected
                        : found.stream().collect(Collectors.joining(" and ", "found ", "; "))
                                + expected);
        return Optional.empty();
    }
}
