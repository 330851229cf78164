package io.quartermaster.view;

import io.quartermaster.engine.wire.Codec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands in JSON columns of read tables. They can be thrown away and made anew from the log,
 * so they are stored as states are: in the shape of the present classes. When such a class changes,
 * the projections that store it need a new version.
 */
public final class Json {
    private final Codec codec;

    public Json(Codec codec) {
        this.codec = codec;
    }

    /** The value as JSON. */
    public String write(Object value) {
        return codec.writeState(value, value.getClass());
    }

    /** The value that {@link #write} wrote. */
    public <T> T read(String text, Class<T> type) {
        return codec.readState(text, type);
    }

    /** A JSON object as a map of maps, lists, texts, numbers and truth values. */
    public Map<String, Object> tree(String object) {
        var tree = new LinkedHashMap<String, Object>();
        Map<?, ?> read = codec.readState(object, Map.class);
        read.forEach((key, value) -> tree.put((String) key, value));
        return tree;
    }

    /** The texts by name of a JSON object, sorted. */
    public Map<String, String> labels(String object) {
        var labels = new TreeMap<String, String>();
        Map<?, ?> read = codec.readState(object, Map.class);
        read.forEach((key, value) -> labels.put((String) key, (String) value));
        return labels;
    }
}
