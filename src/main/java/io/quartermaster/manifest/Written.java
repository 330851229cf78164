package io.quartermaster.manifest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A mapping being written, its fields in the order of the calls. */
final class Written {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** A scalar, left out when there is none. */
    Written put(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /** A mapping with fields of its own. */
    Written put(String name, Written value) {
        return put(name, (Object) value.map());
    }

    /** A list, left out when it is empty. */
    Written list(String name, Collection<?> items) {
        return put(name, items.isEmpty() ? null : items);
    }

    /** A mapping with the writer's own keys, sorted; left out when it is empty. */
    Written entries(String name, Map<String, ?> entries) {
        return put(name, entries.isEmpty() ? null : new TreeMap<>(entries));
    }

    Map<String, Object> map() {
        return fields;
    }
}
