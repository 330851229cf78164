package io.quartermaster.manifest;

import io.quartermaster.manifest.text.Described;
import io.quartermaster.manifest.text.Node;
import io.quartermaster.manifest.text.Node.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A value at its place in a document. Each way of reading it reports what does not fit, and then
 * answers with something harmless, so that reading goes on and finds everything at once; what was
 * read is thrown away in the end if anything was reported.
 *
 * @param quotable whether messages may show it and what is in it
 */
record Value(int document, String pointer, Node node, boolean quotable, Findings findings) {
    private static final Pattern PLAIN_INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    static Value of(Document document, Findings findings) {
        return new Value(document.index(), "", document.root(), true, findings);
    }

    /** The same, shown in no message. */
    Value secret() {
        return new Value(document, pointer, node, false, findings);
    }

    /** The part of that name, or for a part that is not there, its place in this one. */
    Value part(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        Node part = node instanceof Node.Mapping m ? m.entries().getOrDefault(name, node) : node;
        return new Value(document, pointer + "/" + escaped, part, quotable, findings);
    }

    /** What somebody probably meant, as long as messages are kept. */
    Optional<String> nearest(String word, Collection<String> candidates) {
        return findings.areFull() ? Optional.empty() : Nearest.to(word, candidates);
    }

    void report(Code code, String message) {
        findings.add(this, code, message);
    }

    /** Reports that something else than {@code expected} stands here. */
    void reportUnfit(Code code, String expected) {
        report(code, "found " + Described.node(node, quotable) + "; expected " + expected);
    }

    /** The text, empty when it is none that fits. */
    String text(Shape shape) {
        return shape.quotable() ? shown(shape) : secret().shown(shape);
    }

    private String shown(Shape shape) {
        if (!(node instanceof Node.Scalar scalar) || scalar.type() == Type.NULL) {
            reportUnfit(Code.WRONG_TYPE, shape.expected());
            return "";
        }
        if (scalar.type() != Type.TEXT) {
            reportUnfit(Code.WRONG_TYPE, "text: " + shape.expected() + "; put it in quotes");
            return "";
        }
        Optional<Code> unfit = shape.unfit(scalar.text());
        unfit.ifPresent(code -> reportUnfit(code, shape.expected()));
        return unfit.isPresent() ? "" : scalar.text();
    }

    /** The whole number, {@code least} when it is none that fits. */
    long integer(long least, long most) {
        String expected = "a whole number from " + least + " to " + most;
        if (!(node instanceof Node.Scalar scalar) || scalar.type() != Type.INTEGER) {
            boolean quoted =
                    node instanceof Node.Scalar text
                            && PLAIN_INTEGER.matcher(text.text()).matches();
            reportUnfit(Code.WRONG_TYPE, quoted ? expected + ", without quotes" : expected);
            return least;
        }
        String digits = scalar.text();
        if (!digits.matches("-?[0-9]+") || digits.matches("-?0[0-9]+")) {
            reportUnfit(
                    Code.BAD_FORMAT,
                    expected + ", in decimal digits without leading zeros or a plus sign");
            return least;
        }
        boolean fits =
                PLAIN_INTEGER.matcher(digits).matches()
                        && Long.parseLong(digits) >= least
                        && Long.parseLong(digits) <= most;
        if (!fits) {
            reportUnfit(Code.OUT_OF_RANGE, expected);
        }
        return fits ? Long.parseLong(digits) : least;
    }

    boolean bool() {
        if (node instanceof Node.Scalar scalar && scalar.type() == Type.BOOLEAN) {
            return scalar.text().equalsIgnoreCase("true");
        }
        reportUnfit(Code.WRONG_TYPE, "true or false, without quotes");
        return false;
    }

    /** What the word at this place stands for, empty when it stands for nothing. */
    <E> Optional<E> choice(Map<String, E> choices) {
        String expected = "one of " + String.join(", ", choices.keySet());
        if (!(node instanceof Node.Scalar scalar) || scalar.type() != Type.TEXT) {
            reportUnfit(Code.WRONG_TYPE, expected);
            return Optional.empty();
        }
        Optional<E> chosen = Optional.ofNullable(choices.get(scalar.text()));
        if (chosen.isEmpty()) {
            reportUnfit(Code.UNKNOWN_VALUE, expected);
        }
        return chosen;
    }

    /** The values of a list, none when it is shorter or longer than it should be. */
    List<Value> items(int least, int most) {
        if (!(node instanceof Node.Sequence list)) {
            reportUnfit(Code.WRONG_TYPE, "a list");
            return List.of();
        }
        int size = list.items().size();
        if (size < least || size > most) {
            report(
                    size < least ? Code.TOO_FEW : Code.TOO_MANY,
                    "found %d items; expected %d to %d".formatted(size, least, most));
            return List.of();
        }
        return IntStream.range(0, size).mapToObj(i -> item(i, list.items().get(i))).toList();
    }

    private Value item(int index, Node item) {
        return new Value(document, pointer + "/" + index, item, quotable, findings);
    }

    /** The values of a mapping whose keys the writer chose. Keys that do not fit are left out. */
    Map<String, Value> entries(int most, Shape keys) {
        if (!(node instanceof Node.Mapping mapping)) {
            reportUnfit(Code.WRONG_TYPE, "a mapping");
            return Map.of();
        }
        if (mapping.entries().size() > most) {
            report(
                    Code.TOO_MANY,
                    "found " + mapping.entries().size() + " entries; expected at most " + most);
            return Map.of();
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (String key : mapping.entries().keySet()) {
            Value value = part(key);
            Optional<Code> unfit = keys.unfit(key);
            unfit.ifPresent(
                    code ->
                            value.report(
                                    code,
                                    "found the key "
                                            + Described.quoted(key)
                                            + "; expected "
                                            + keys.expected()));
            if (unfit.isEmpty()) {
                values.put(key, value);
            }
        }
        return values;
    }

    /** As {@link #entries}, with text for values. */
    Map<String, String> texts(int most, Shape keys, Shape values) {
        Map<String, String> texts = new LinkedHashMap<>();
        entries(most, keys).forEach((key, value) -> texts.put(key, value.text(values)));
        return Collections.unmodifiableMap(texts);
    }

    /** A mapping with these fields and no others; empty when it is no mapping. */
    Optional<Fields> fields(String... known) {
        if (!(node instanceof Node.Mapping mapping)) {
            reportUnfit(Code.WRONG_TYPE, "a mapping with " + String.join(", ", known));
            return Optional.empty();
        }
        return Optional.of(new Fields(this, mapping.entries().keySet(), List.of(known)));
    }
}
