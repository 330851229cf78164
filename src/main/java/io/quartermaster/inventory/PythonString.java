package io.quartermaster.inventory;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One string literal of Python: any quotes, the prefixes {@code r}, {@code u} and {@code b}, and
 * escapes.
 *
 * @param end where the text goes on
 * @param isBytes whether it has the prefix {@code b}; such and other strings do not join
 */
record PythonString(String value, int end, boolean isBytes) {
    private static final Pattern START =
            Pattern.compile("(?<prefix>[rR][bB]?|[bB][rR]?|[uU])?(?<quote>'''|\"\"\"|'|\")");
    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,3}");

    static boolean startsAt(String text, int at) {
        return START.matcher(text).region(at, text.length()).lookingAt();
    }

    static PythonString readAt(String text, int at) throws PythonLiteral.NotALiteral {
        var start = START.matcher(text).region(at, text.length());
        if (!start.lookingAt()) throw new PythonLiteral.NotALiteral();
        var quote = start.group("quote");
        var prefix =
                start.group("prefix") == null ? "" : start.group("prefix").toLowerCase(Locale.ROOT);
        var value = new StringBuilder();
        int i = start.end();
        while (!text.startsWith(quote, i)) {
            if (i >= text.length()) throw new PythonLiteral.NotALiteral();
            var c = text.charAt(i);
            if (c != '\\') {
                value.append(c);
                i++;
            } else if (prefix.contains("r")) {
                value.append(text, i, Math.min(i + 2, text.length()));
                i += 2;
            } else {
                i = escape(text, i + 1, value, prefix.contains("b"));
            }
        }
        return new PythonString(value.toString(), i + quote.length(), prefix.contains("b"));
    }

    /** Appends what the escape after the backslash means, and returns where it ends. */
    private static int escape(String text, int at, StringBuilder into, boolean bytes)
            throws PythonLiteral.NotALiteral {
        if (at >= text.length()) throw new PythonLiteral.NotALiteral();
        var c = text.charAt(at);
        var octal = OCTAL.matcher(text).region(at, text.length());
        if (octal.lookingAt()) {
            into.append((char) Integer.parseInt(octal.group(), 8));
            return octal.end();
        }
        if (c == 'x') return hex(text, at + 1, 2, into);
        if (c == 'u' && !bytes) return hex(text, at + 1, 4, into);
        if (c == 'U' && !bytes) return hex(text, at + 1, 8, into);
        if (c == 'N' && !bytes) return named(text, at + 1, into);
        var known = "\\'\"abfnrtv".indexOf(c);
        if (known >= 0) into.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(known));
        else into.append('\\').append(c);
        return at + 1;
    }

    private static int hex(String text, int at, int digits, StringBuilder into)
            throws PythonLiteral.NotALiteral {
        var end = at + digits;
        if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]+"))
            throw new PythonLiteral.NotALiteral();
        var code = Long.parseLong(text.substring(at, end), 16);
        if (code > Character.MAX_CODE_POINT) throw new PythonLiteral.NotALiteral();
        into.appendCodePoint((int) code);
        return end;
    }

    private static int named(String text, int at, StringBuilder into)
            throws PythonLiteral.NotALiteral {
        var end = text.indexOf('}', at);
        if (end < 0 || text.charAt(at) != '{') throw new PythonLiteral.NotALiteral();
        try {
            into.appendCodePoint(Character.codePointOf(text.substring(at + 1, end)));
        } catch (IllegalArgumentException e) {
            throw new PythonLiteral.NotALiteral();
        }
        return end + 1;
    }
}
