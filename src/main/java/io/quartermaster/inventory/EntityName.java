package io.quartermaster.inventory;

import java.util.regex.Pattern;

/**
 * Which names hosts and groups may have: they become names of resources, so no paths, no spaces, no
 * assignments.
 */
final class EntityName {
    private static final Pattern HOST =
            Pattern.compile("[\\w:][\\w.:@%+-]*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern GROUP = Pattern.compile("[^\\s/\\\\=\\p{Cntrl}]+");
    private static final Pattern IPV6 =
            Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?");
    private static final int LENGTH = 253;

    private EntityName() {}

    static String host(String name, Origin origin) {
        var fits = HOST.matcher(name).matches() && name.length() <= LENGTH && !name.contains("..");
        if (fits && (name.indexOf(':') < 0 || IPV6.matcher(name).matches())) return name;
        throw new Refusal(
                Problem.Code.BAD_NAME,
                origin,
                "the host name " + Problem.quoted(name),
                "at most 253 letters, digits and . _ - @ + %, starting with a letter or digit;"
                        + " a port follows a valid name as in web1:22");
    }

    static String group(String name, Origin origin) {
        var fits = GROUP.matcher(name).matches() && name.length() <= LENGTH && !name.contains("..");
        if (fits) return name;
        throw new Refusal(
                Problem.Code.BAD_NAME,
                origin,
                "the group name " + Problem.quoted(name),
                "at most 253 characters without spaces, slashes, '=' and '..'");
    }
}
