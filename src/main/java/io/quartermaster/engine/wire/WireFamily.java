package io.quartermaster.engine.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.es.WireNames;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** All events, or all commands: written under their present name and version, read from any. */
public final class WireFamily {
    private final WireNames names;
    private final Map<Step, UnaryOperator<JsonNode>> upcasters;
    private final Json json;

    /**
     * A stored value.
     *
     * @param name its fixed name
     * @param version of its shape
     */
    public record Stored(String name, int version, String json) {}

    /** From one version of a name to the next. */
    record Step(String name, int from) {}

    WireFamily(WireNames names, Map<Step, UnaryOperator<JsonNode>> upcasters, Json json) {
        this.names = names;
        this.upcasters = upcasters;
        this.json = json;
        names.types().forEach((name, type) -> check(name, names.nameOf(type).version()));
    }

    private void check(String name, int version) {
        for (int from = 1; from < version; from++) {
            if (upcasters.containsKey(new Step(name, from))) continue;
            throw new IllegalStateException(
                    "'%s' has version %d, but nothing leads from %d to %d"
                            .formatted(name, version, from, from + 1));
        }
    }

    /** The value as it is stored. */
    public Stored write(Object value) {
        var name = names.nameOf(value.getClass());
        return new Stored(name.value(), name.version(), json.write(value, value.getClass()));
    }

    /**
     * The value that was stored, in its present shape.
     *
     * @throws Unreadable when the name is unknown, the version is of the future, or the shape wrong
     */
    public Object read(Stored stored) {
        var type = typeOf(stored.name());
        int current = names.nameOf(type).version();
        var what = "'" + stored.name() + "' version " + stored.version();
        if (stored.version() > current) {
            throw new Unreadable(what, "this program knows versions up to " + current);
        }
        try {
            if (stored.version() == current) return json.read(stored.json(), type);
            return json.read(upcast(stored, current), type);
        } catch (JacksonException e) {
            throw new Unreadable(what, e.getOriginalMessage(), e);
        }
    }

    private JsonNode upcast(Stored stored, int current) throws JacksonException {
        var tree = json.tree(stored.json());
        for (int from = stored.version(); from < current; from++) {
            tree = Objects.requireNonNull(upcasters.get(new Step(stored.name(), from))).apply(tree);
        }
        return tree;
    }

    /**
     * The record that is stored under a name.
     *
     * @throws Unreadable when this program does not know it
     */
    public Class<?> typeOf(String name) {
        var type = names.types().get(name);
        if (type == null) {
            throw new Unreadable("'" + name + "'", "the name is unknown, a newer program wrote it");
        }
        return type;
    }

    /** The names of the records under the sealed roots. */
    public Set<String> namesUnder(Set<Class<?>> roots) {
        return names.types().entrySet().stream()
                .filter(entry -> roots.stream().anyMatch(r -> r.isAssignableFrom(entry.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names of all records, with the present version of each. */
    public Map<String, Integer> versions() {
        return names.types().entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey,
                                entry -> names.nameOf(entry.getValue()).version()));
    }
}
