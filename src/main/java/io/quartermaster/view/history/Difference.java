package io.quartermaster.view.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value that differs between two states of a thing.
 *
 * @param pointer where it stands, a JSON pointer (RFC 6901)
 * @param from what it was, absent when it was not there
 * @param to what it is, absent when it is not there
 */
public record Difference(String pointer, @Nullable Object from, @Nullable Object to) {

    /** The values that differ, by their pointers. */
    public static List<Difference> between(Map<String, ?> from, Map<String, ?> to) {
        var before = leaves(from);
        var after = leaves(to);
        var pointers = new TreeMap<String, Object>(before);
        pointers.putAll(after);
        var differences = new ArrayList<Difference>();
        for (var pointer : pointers.keySet()) {
            var was = before.get(pointer);
            var is = after.get(pointer);
            if (!Objects.equals(was, is)) differences.add(new Difference(pointer, was, is));
        }
        return differences;
    }

    private static Map<String, Object> leaves(Map<String, ?> object) {
        var leaves = new TreeMap<String, Object>();
        collect("", object, leaves);
        return leaves;
    }

    private static void collect(
            String pointer, @Nullable Object value, Map<String, Object> leaves) {
        switch (value) {
            case null -> {}
            case Map<?, ?> object ->
                    object.forEach(
                            (key, part) -> collect(pointer + "/" + escaped(key), part, leaves));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(pointer + "/" + i, list.get(i), leaves);
                }
            }
            default -> leaves.put(pointer, value);
        }
    }

    private static String escaped(Object key) {
        return key.toString().replace("~", "~0").replace("/", "~1");
    }
}
