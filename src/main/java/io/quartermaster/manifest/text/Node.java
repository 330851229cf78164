package io.quartermaster.manifest.text;

import java.util.List;
import java.util.Map;

/** A value as it was written, of YAML's core schema or of JSON, and where. */
public sealed interface Node {

    Mark at();

    /** Where something begins in a text; both count from 1. */
    record Mark(int line, int column) {}

    /** Keys are unique and in the order of the text. */
    record Mapping(Map<String, Node> entries, Mark at) implements Node {}

    record Sequence(List<Node> items, Mark at) implements Node {}

    /**
     * The text of a number is kept as it was written, so that nothing is lost before it is asked
     * for.
     */
    record Scalar(Type type, String text, Mark at) implements Node {}

    /** The scalar types of YAML 1.2's core schema, which are those of JSON. */
    enum Type {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }
}
