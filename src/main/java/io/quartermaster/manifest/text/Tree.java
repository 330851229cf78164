package io.quartermaster.manifest.text;

import io.quartermaster.manifest.text.Node.Mark;
import io.quartermaster.manifest.text.Node.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Grows documents from what a parser reports, and holds the limits, so that they are the same for
 * each notation. A list at the top is a list of documents.
 */
final class Tree {
    static final int DOCUMENTS = 1000;
    static final int DEPTH = 50;
    static final int KEY_LENGTH = 512;

    private final List<Node> documents = new ArrayList<>();
    private final Deque<Branch> open = new ArrayDeque<>();

    /** A mapping or list whose end has not come yet. */
    private sealed interface Branch {
        Mark at();
    }

    private static final class OpenMapping implements Branch {
        private final Map<String, Node> entries = new LinkedHashMap<>();
        private final Mark at;
        private @Nullable String key;

        OpenMapping(Mark at) {
            this.at = at;
        }

        @Override
        public Mark at() {
            return at;
        }
    }

    private record OpenSequence(List<Node> items, Mark at) implements Branch {}

    void startMapping(Mark at) {
        open(new OpenMapping(at));
    }

    void startSequence(Mark at) {
        open(new OpenSequence(new ArrayList<>(), at));
    }

    private void open(Branch branch) {
        if (awaitsKey()) {
            throw notText(branch.at(), "a mapping or list");
        }
        if (open.size() == DEPTH) {
            throw new Refusal(
                    Refusal.Code.TOO_DEEP,
                    branch.at(),
                    "lists and mappings lie more than " + DEPTH + " deep in each other");
        }
        open.push(branch);
    }

    void end() {
        switch (open.pop()) {
            case OpenMapping mapping ->
                    add(new Node.Mapping(Collections.unmodifiableMap(mapping.entries), mapping.at));
            case OpenSequence sequence ->
                    add(
                            new Node.Sequence(
                                    Collections.unmodifiableList(sequence.items), sequence.at));
        }
    }

    void scalar(Type type, String text, Mark at) {
        if (!Encoding.canBeStored(text)) {
            throw new Refusal(
                    Refusal.Code.FORBIDDEN_CHARACTER,
                    at,
                    "an escape makes U+0000 or half of a surrogate pair here; take it out");
        }
        if (!awaitsKey()) {
            add(new Node.Scalar(type, text, at));
        } else if (type == Type.TEXT) {
            key(text, at);
        } else {
            throw notText(at, Described.scalar(type, text));
        }
    }

    private boolean awaitsKey() {
        return open.peek() instanceof OpenMapping mapping && mapping.key == null;
    }

    private static Refusal notText(Mark at, String found) {
        return new Refusal(
                Refusal.Code.KEY_NOT_TEXT,
                at,
                "a key is " + found + "; keys are text, put it in quotes");
    }

    private void key(String key, Mark at) {
        if (key.length() > KEY_LENGTH) {
            throw new Refusal(
                    Refusal.Code.KEY_TOO_LONG,
                    at,
                    "a key has "
                            + key.length()
                            + " characters; at most "
                            + KEY_LENGTH
                            + " are read");
        }
        if (open.peek() instanceof OpenMapping mapping) {
            if (mapping.entries.containsKey(key)) {
                throw new Refusal(
                        Refusal.Code.DUPLICATE_KEY,
                        at,
                        "the key "
                                + Described.quoted(key)
                                + " stands twice in the same mapping; keep one of the two");
            }
            mapping.key = key;
        }
    }

    private void add(Node node) {
        switch (open.peek()) {
            case OpenMapping mapping -> {
                mapping.entries.put(String.valueOf(mapping.key), node);
                mapping.key = null;
            }
            case OpenSequence sequence -> sequence.items().add(node);
            case null -> root(node);
        }
    }

    private void root(Node node) {
        switch (node) {
            case Node.Sequence list -> list.items().forEach(this::document);
            case Node.Scalar scalar when scalar.type() == Type.NULL -> {
                // Nothing between two separators.
            }
            case Node.Scalar scalar -> document(scalar);
            case Node.Mapping mapping -> document(mapping);
        }
    }

    private void document(Node node) {
        if (documents.size() == DOCUMENTS) {
            throw new Refusal(
                    Refusal.Code.TOO_MANY_DOCUMENTS,
                    node.at(),
                    "there are more than " + DOCUMENTS + " documents; send them in several parts");
        }
        documents.add(node);
    }

    List<Node> documents() {
        if (documents.isEmpty()) {
            throw new Refusal(
                    Refusal.Code.NO_DOCUMENT,
                    new Mark(1, 1),
                    "there is no document; send at least one with apiVersion, kind, metadata and spec");
        }
        return List.copyOf(documents);
    }
}
