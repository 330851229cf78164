package io.quartermaster.inventory;

import java.util.Locale;

/**
 * Something in a text that is wrong, or that Ansible would pass over in silence. Holds no secret:
 * what is quoted is cut at the first equals sign, and values of secret variables are never quoted.
 *
 * @param found what stands there
 * @param expected what would be right
 */
public record Problem(Code code, Origin origin, String found, String expected) {
    private static final int QUOTED_LENGTH = 60;

    /** What kind of problem; {@link #text()} is part of the public contract. */
    public enum Code {
        BAD_ADDRESS,
        BAD_NAME,
        BAD_PORT,
        BAD_PRIORITY,
        BAD_RANGE,
        BAD_VALUE,
        BASTION_CONFLICT,
        BASTION_CYCLE,
        BASTION_UNUSABLE,
        CONTROL_CHARACTER,
        DUPLICATE_KEY,
        EMPTY,
        ENCRYPTED,
        GROUP_CYCLE,
        IGNORED_ENTRY,
        IGNORED_OPTION,
        LINE_TOO_LONG,
        NAME_CLASH,
        NOT_A_MAPPING,
        NOT_A_SECTION,
        NOT_KEY_VALUE,
        NOT_STATIC,
        NOT_YAML,
        OPEN_QUOTE,
        PRIVATE_KEY,
        TAG_REFUSED,
        TEXT_TOO_LONG,
        TOO_DEEP,
        TOO_MANY_GROUPS,
        TOO_MANY_HOSTS,
        TOO_MANY_VALUES,
        UNDEFINED_GROUP,
        UNKNOWN_OWNER,
        UNSUPPORTED_BECOME,
        UNSUPPORTED_PROXY,
        UNSUPPORTED_TEMPLATE;

        /** Stable, lower case with hyphens: {@code inventory-bad-range}. */
        public String text() {
            return "inventory-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The problem in a sentence. */
    @Override
    public String toString() {
        return "%s: found %s; expected %s [%s]".formatted(origin, found, expected, code.text());
    }

    /**
     * Text as it may appear in a problem: short, without control characters, nothing after an
     * equals sign.
     */
    static String quoted(String text) {
        var shown = text.replaceAll("\\p{Cntrl}", "?");
        var equals = shown.indexOf('=');
        if (equals >= 0) shown = shown.substring(0, equals + 1) + "...";
        if (shown.length() > QUOTED_LENGTH) shown = shown.substring(0, QUOTED_LENGTH) + "...";
        return "'" + shown + "'";
    }
}
