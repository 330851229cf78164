package io.quartermaster.manifest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A mapping being written: what is absent or empty is left out, the rest keeps its order. */
final class Written {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** A field that is left out when it has no value. */
    Written put(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /** A list that is left out when it is empty. */
    Written put(String name, Collection<?> items) {
        return put(name, items.isEmpty() ? null : (Object) items);
    }

    /** A mapping that is left out when it is empty; its keys are sorted. */
    Written put(String name, Map<String, ?> entries) {
        return put(name, entries.isEmpty() ? null : (Object) new TreeMap<>(entries));
    }

    /** The mapping. */
    Map<String, Object> map() {
        return fields;
    }
}
