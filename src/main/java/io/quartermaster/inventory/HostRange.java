package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between the brackets of a host pattern.
 *
 * @param letters whether the ends are places in the alphabet rather than numbers
 * @param width digits to fill up to with zeros; 0 for as they are
 */
record HostRange(boolean letters, int first, int last, int step, int width) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int DIGITS = 9;

    /** Reads {@code BEGIN:END} or {@code BEGIN:END:STEP}; a missing begin is 0. */
    static HostRange of(String range, String pattern, Origin origin) {
        var parts = range.split(":", -1);
        if (parts.length < 2 || parts.length > 3)
            throw bad("the range " + Problem.quoted(range), pattern, origin);
        var step = parts.length == 3 ? number(parts[2], pattern, origin) : 1;
        if (step == 0) throw bad("a step of 0", pattern, origin);
        var begin = parts[0].isEmpty() ? "0" : parts[0];
        var end = parts[1];
        if (isLetter(begin) && isLetter(end)) {
            var alphabetic =
                    new HostRange(true, ALPHABET.indexOf(begin), ALPHABET.indexOf(end), step, 0);
            if (alphabetic.first > alphabetic.last)
                throw bad("a range of letters that runs backwards", pattern, origin);
            return alphabetic;
        }
        var width = begin.startsWith("0") && begin.length() > 1 ? begin.length() : 0;
        if (width > 0 && width != end.length())
            throw bad("ends of different width", pattern, origin);
        return new HostRange(
                false, number(begin, pattern, origin), number(end, pattern, origin), step, width);
    }

    List<String> values(Limits limits, Origin origin) {
        if ((last - first) / step >= limits.hosts()) throw Draft.tooManyHosts(limits, origin);
        var values = new ArrayList<String>();
        for (long i = first; i <= last; i += step) {
            var text = letters ? ALPHABET.substring((int) i, (int) i + 1) : Long.toString(i);
            values.add("0".repeat(Math.max(0, width - text.length())) + text);
        }
        return values;
    }

    static Refusal bad(String found, String pattern, Origin origin) {
        return new Refusal(
                Problem.Code.BAD_RANGE,
                origin,
                found + " in " + Problem.quoted(pattern),
                "BEGIN:END or BEGIN:END:STEP of numbers or single letters in brackets, as in web[01:10]");
    }

    private static boolean isLetter(String text) {
        return text.length() == 1 && ALPHABET.contains(text);
    }

    private static int number(String text, String pattern, Origin origin) {
        if (text.length() <= DIGITS && text.matches("[0-9]+")) return Integer.parseInt(text);
        throw bad("the bound " + Problem.quoted(text), pattern, origin);
    }
}
