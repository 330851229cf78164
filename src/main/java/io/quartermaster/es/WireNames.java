package io.quartermaster.es;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The wire names of sealed families of records, both ways. Refuses at start what could not be read
 * back later: a record without a name, a name used twice.
 */
public final class WireNames {

    /** A stored name with the version of its shape. */
    public record Name(String value, int version) {}

    private final Map<String, Class<?>> types = new LinkedHashMap<>();
    private final Map<Class<?>, Name> names = new LinkedHashMap<>();

    /** Collects the records under the sealed roots, each of which carries {@link Wire}. */
    public static WireNames of(Iterable<? extends Class<?>> sealedRoots) {
        WireNames found = new WireNames();
        sealedRoots.forEach(found::collect);
        return found;
    }

    /** Takes names from a table, for families that live where {@link Wire} is out of reach. */
    public static WireNames of(Map<String, ? extends Class<?>> table) {
        WireNames found = new WireNames();
        table.forEach((name, type) -> found.add(type, new Name(name, 1)));
        return found;
    }

    private void collect(Class<?> type) {
        if (type.isSealed()) {
            for (Class<?> part : type.getPermittedSubclasses()) {
                collect(part);
            }
            return;
        }
        Wire wire = type.getAnnotation(Wire.class);
        if (wire == null) {
            throw new IllegalStateException(
                    type.getName() + " has no @Wire name: it could not be read back");
        }
        add(type, new Name(wire.value(), wire.version()));
    }

    private void add(Class<?> type, Name name) {
        Class<?> other = types.putIfAbsent(name.value(), type);
        if (other != null || names.putIfAbsent(type, name) != null) {
            throw new IllegalStateException(
                    "wire name '"
                            + name.value()
                            + "' or its record "
                            + type.getName()
                            + " is registered twice"
                            + (other == null ? "" : ", first for " + other.getName()));
        }
    }

    /** The record stored under a name. */
    public Map<String, Class<?>> types() {
        return Collections.unmodifiableMap(types);
    }

    /** The name under which a record is stored. */
    public Name nameOf(Class<?> type) {
        Name name = names.get(type);
        if (name == null) {
            throw new IllegalArgumentException(
                    type.getName() + " is not registered under a wire name");
        }
        return name;
    }
}
