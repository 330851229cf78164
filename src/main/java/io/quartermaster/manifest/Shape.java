package io.quartermaster.manifest;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text has to look like.
 *
 * @param expected for messages, in words
 * @param longest in characters
 * @param code what is reported when it does not fit
 * @param quotable whether messages may show what was found instead
 */
record Shape(String expected, int longest, Code code, boolean quotable, Predicate<String> fits) {

    /** Label of a domain name, RFC 1123: also a name's part of a machine's id. */
    static final Shape NAME =
            pattern(
                    Limits.NAME_PATTERN,
                    Limits.NAME,
                    "lower case letters, digits and hyphens, a letter or digit first and last,"
                            + " at most 63 characters");

    /** Domain name, RFC 1123. */
    static final Shape HOST_NAME =
            pattern(
                    "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
                    Limits.HOST_NAME,
                    "lower case letters, digits, hyphens and dots, a letter or digit first and last,"
                            + " at most 253 characters");

    /** A host's name, also of one that comes from an inventory. */
    static final Shape HOST_REFERENCE =
            pattern("[^\\s\\p{C}]+", Limits.HOST_NAME, "the name of a host");

    /** As Kubernetes has it: optional domain and slash, then a name. */
    static final Shape LABEL_KEY =
            new Shape(
                    "letters, digits, '-', '_' and '.', a letter or digit first and last, at most 63"
                            + " characters; before it optionally a domain name and a slash",
                    317,
                    Code.BAD_FORMAT,
                    true,
                    Shape::isLabelKey);

    static final Shape LABEL_VALUE =
            pattern(
                    Limits.LABEL_VALUE_PATTERN,
                    Limits.LABEL_VALUE,
                    "nothing, or letters, digits, '-', '_' and '.', a letter or digit first and last,"
                            + " at most 63 characters");

    /** What an expression of a template can name. */
    static final Shape IDENTIFIER =
            pattern(
                    "[A-Za-z_][A-Za-z0-9_]*",
                    63,
                    "letters, digits and '_', no digit first, at most 63 characters");

    static final Shape SECRET_NAME =
            new Shape(
                    "the name of a secret: letters, digits, '.', '_', '-' and '/', at most 253"
                            + " characters; never the secret itself",
                    Limits.SECRET_NAME,
                    Code.BAD_FORMAT,
                    true,
                    text -> text.matches(Limits.SECRET_NAME_PATTERN) && !climbs(text));

    /** A path on a machine, or a template that makes one. */
    static final Shape PATH =
            path(
                    "an absolute path without '..'",
                    text -> text.startsWith("/") || text.startsWith("{"));

    /** A path on the daemon's side; below which directories is for the reader to say. */
    static final Shape SOURCE =
            path("the path of a file on the daemon's side, without '..'", text -> true);

    /** Octal, three or four digits. */
    static final Shape MODE =
            pattern(
                    Limits.MODE_PATTERN,
                    4,
                    "permission bits as three or four octal digits, \"0644\"");

    /** An account or group of a machine, or a template that makes one. */
    static final Shape ACCOUNT =
            new Shape(
                    "the name of an account: letters, digits, '.', '_' and '-', no digit or hyphen"
                            + " first, at most 32 characters",
                    255,
                    Code.BAD_FORMAT,
                    true,
                    text ->
                            text.matches("[A-Za-z_][A-Za-z0-9._-]{0,30}[A-Za-z0-9._$-]?")
                                    || text.contains("{"));

    /** One line of at most so many characters. */
    static Shape line(int longest) {
        return pattern(
                "(?=.*\\S)[^\\p{Cc}\\p{Zl}\\p{Zp}]+",
                longest,
                "one line of text, at most " + longest + " characters");
    }

    /** Any text of at most so many characters; it may hold secrets. */
    static Shape any(int longest) {
        return new Shape(
                "text, at most " + longest + " characters",
                longest,
                Code.BAD_FORMAT,
                false,
                text -> true);
    }

    /** As {@link #any}, but not only white space. */
    static Shape filled(int longest) {
        return new Shape(
                "text that is not blank, at most " + longest + " characters",
                longest,
                Code.BAD_FORMAT,
                false,
                text -> !text.isBlank());
    }

    /** The same, shown in no message. */
    Shape secret() {
        return new Shape(expected, longest, code, false, fits);
    }

    /** What is wrong with the text, empty when it fits. */
    Optional<Code> unfit(String text) {
        if (text.codePointCount(0, text.length()) > longest) {
            return Optional.of(Code.TOO_LONG);
        }
        return fits.test(text) ? Optional.empty() : Optional.of(code);
    }

    static Shape pattern(String regex, int longest, String expected) {
        return new Shape(
                expected,
                longest,
                Code.BAD_FORMAT,
                true,
                Pattern.compile(regex).asMatchPredicate());
    }

    private static Shape path(String expected, Predicate<String> begins) {
        Predicate<String> plain = Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}]+").asMatchPredicate();
        return new Shape(
                expected,
                Limits.PATH,
                Code.UNSAFE_PATH,
                true,
                text -> plain.test(text) && begins.test(text) && !climbs(text));
    }

    private static boolean climbs(String path) {
        return Arrays.asList(path.split("/")).contains("..");
    }

    private static boolean isLabelKey(String key) {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        boolean named =
                name.length() <= 63 && name.matches("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
        return named && (slash < 0 || HOST_NAME.unfit(key.substring(0, slash)).isEmpty());
    }
}
