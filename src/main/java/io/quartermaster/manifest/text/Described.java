package io.quartermaster.manifest.text;

import io.quartermaster.manifest.text.Node.Type;

/**
 * How what was found is shown in messages: short, on one line, and only where it cannot be secret.
 */
public final class Described {
    private static final int LENGTH = 40;
    private static final int LINE = 200;

    private Described() {}

    /**
     * The text in quotation marks, cut when long, without characters that a terminal would obey.
     */
    public static String quoted(String text) {
        return "'" + shown(text) + "'";
    }

    /** A longer text without quotation marks, cut and cleaned in the same way. */
    public static String line(String text) {
        return cut(text, LINE);
    }

    private static String shown(String text) {
        return cut(text, LENGTH);
    }

    private static String cut(String text, int length) {
        int end = Math.min(text.length(), length);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        String kept = text.substring(0, end).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return end < text.length() ? kept + "..." : kept;
    }

    /** A scalar with its value. */
    static String scalar(Type type, String text) {
        return switch (type) {
            case TEXT -> "the text " + quoted(text);
            case INTEGER, DECIMAL -> "the number " + shown(text);
            case BOOLEAN -> "the boolean " + shown(text);
            case NULL -> "nothing";
        };
    }

    /** What kind of thing it is, and its value where that may be shown. */
    public static String node(Node node, boolean quotable) {
        return switch (node) {
            case Node.Mapping mapping -> "a mapping";
            case Node.Sequence sequence -> "a list";
            case Node.Scalar scalar when quotable -> scalar(scalar.type(), scalar.text());
            case Node.Scalar scalar ->
                    switch (scalar.type()) {
                        case TEXT -> "a text";
                        case INTEGER, DECIMAL -> "a number";
                        case BOOLEAN -> "a boolean";
                        case NULL -> "nothing";
                    };
        };
    }
}
