package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that one entry stands for: {@code web[01:10:3].example:2222} is four hosts and a port.
 * Any number of ranges, of numbers or of single letters, both ends included; a leading zero keeps
 * the width. A range of numbers that runs backwards means no host.
 *
 * @param port from a {@code :PORT} at the end; null without one
 */
record HostPattern(List<String> names, @Nullable Integer port) {
    private static final Pattern BRACKETED =
            Pattern.compile("\\[(?<host>.+)\\]:(?<port>[0-9]{1,9})");
    private static final Pattern WITH_PORT =
            Pattern.compile("(?<host>(?:[^:\\[\\]]|\\[[^\\]]*\\])*+):(?<port>[0-9]{1,9})");
    private static final Pattern RANGE =
            Pattern.compile("\\[([a-zA-Z]:[a-zA-Z]|[0-9]+:[0-9]+)(:[0-9]+)?\\]");
    private static final Pattern LABELS =
            Pattern.compile(
                    "\\w([\\w-]*[^\\W_])?(\\.\\w([\\w-]*[^\\W_])?)*",
                    Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*");
    private static final int LENGTH = 1_000;

    static HostPattern of(String text, Origin origin, Limits limits) {
        if (text.length() > LENGTH) {
            throw new Refusal(
                    Problem.Code.BAD_NAME,
                    origin,
                    "a host of " + text.length() + " characters",
                    "at most " + LENGTH);
        }
        for (var form : List.of(BRACKETED, WITH_PORT)) {
            var match = form.matcher(text);
            if (!match.matches() || !isAddress(match.group("host"))) continue;
            var names = expand(match.group("host"), origin, limits);
            return new HostPattern(names, Integer.valueOf(match.group("port")));
        }
        return new HostPattern(expand(text, origin, limits), null);
    }

    private static boolean isAddress(String host) {
        var plain = RANGE.matcher(host).replaceAll("0");
        return LABELS.matcher(plain).matches() || IPV6.matcher(plain).matches();
    }

    /** Counts before it builds, so that no pattern can cost more than the limit. */
    private static List<String> expand(String host, Origin origin, Limits limits) {
        var parts = new ArrayList<List<String>>();
        var rest = host;
        long count = 1;
        for (int start = rest.indexOf('['); start >= 0; start = rest.indexOf('[')) {
            var end = rest.indexOf(']', start);
            if (end < 0) throw HostRange.bad("'[' without ']'", host, origin);
            var values =
                    HostRange.of(rest.substring(start + 1, end), host, origin)
                            .values(limits, origin);
            count *= values.size();
            if (count > limits.hosts()) throw Draft.tooManyHosts(limits, origin);
            parts.add(List.of(rest.substring(0, start)));
            parts.add(values);
            rest = rest.substring(end + 1);
        }
        parts.add(List.of(rest));
        var names = List.of("");
        for (var part : count == 0 ? List.<List<String>>of(List.of()) : parts) {
            names = names.stream().flatMap(head -> part.stream().map(head::concat)).toList();
        }
        return names;
    }
}
