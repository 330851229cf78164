package io.quartermaster.manifest.text;

import io.quartermaster.manifest.text.Node.Mark;
import io.quartermaster.manifest.text.Node.Type;
import java.io.StringReader;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Reads YAML as far as JSON goes: no aliases, no anchors, no tags. The library tells the structure;
 * what a plain scalar means is decided by {@link CoreSchema}, not by YAML 1.1.
 */
public final class YamlText {
    private YamlText() {}

    /** The documents of the text, at least one. */
    public static List<Node> read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        Iterator<Event> events = new Yaml(options).parse(new StringReader(text)).iterator();
        Tree tree = new Tree();
        Mark at = new Mark(1, 1);
        for (Event event = next(events, at); event != null; event = next(events, at)) {
            at = mark(event.getStartMark());
            accept(event, at, tree);
        }
        return tree.documents();
    }

    private static @Nullable Event next(Iterator<Event> events, Mark last) {
        try {
            return events.hasNext() ? events.next() : null;
        } catch (MarkedYAMLException e) {
            Mark at = e.getProblemMark() == null ? last : mark(e.getProblemMark());
            throw new Refusal(Refusal.Code.NOT_YAML, at, problem(e.getProblem()));
        } catch (RuntimeException e) {
            // The scanner lets through what numbers and characters out of range throw at it.
            throw new Refusal(Refusal.Code.NOT_YAML, last, problem(null));
        }
    }

    /** What the library found; its surroundings, which it would show too, may be secret. */
    private static String problem(@Nullable String found) {
        String reason = "this is not YAML";
        return found == null ? reason : reason + ": " + Described.line(found);
    }

    private static void accept(Event event, Mark at, Tree tree) {
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            String what = node instanceof AliasEvent ? "an alias, *" : "an anchor, &";
            throw new Refusal(
                    Refusal.Code.ALIAS,
                    at,
                    "here stands "
                            + what
                            + Described.line(node.getAnchor())
                            + "; aliases and anchors are not read, write the value out");
        }
        switch (event) {
            case MappingStartEvent start -> {
                refuseTag(start.getTag(), at);
                tree.startMapping(at);
            }
            case SequenceStartEvent start -> {
                refuseTag(start.getTag(), at);
                tree.startSequence(at);
            }
            case ScalarEvent scalar -> {
                refuseTag(scalar.getTag(), at);
                tree.scalar(type(scalar), scalar.getValue(), at);
            }
            case CollectionEndEvent end -> tree.end();
            default -> {
                // Where the stream and its documents begin and end says nothing more.
            }
        }
    }

    private static void refuseTag(@Nullable String tag, Mark at) {
        if (tag != null) {
            throw new Refusal(
                    Refusal.Code.TAG,
                    at,
                    "here stands the tag "
                            + Described.line(tag)
                            + "; tags are not read, put text that looks like a number in quotes");
        }
    }

    private static Type type(ScalarEvent scalar) {
        return scalar.isPlain() ? CoreSchema.type(scalar.getValue()) : Type.TEXT;
    }

    private static Mark mark(org.yaml.snakeyaml.error.Mark mark) {
        return new Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
