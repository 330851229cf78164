package io.quartermaster.manifest;

import io.quartermaster.manifest.text.Node;

/** One document as it was written: well-formed, but not yet understood. */
public final class Document {
    private final int index;
    private final Node root;

    Document(int index, Node root) {
        this.index = index;
        this.root = root;
    }

    /** Its place among the documents read together, from 0; empty documents do not count. */
    public int index() {
        return index;
    }

    Node root() {
        return root;
    }
}
