package io.quartermaster.app;

import java.util.regex.Pattern;

/**
 * Where the daemon answers HTTP.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
record ListenAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:\\[(?<six>[0-9a-fA-F:.]+)]|(?<name>[^:\\[\\]\\s]+)):(?<port>\\d{1,5})");

    /** Reads {@code host:port} or {@code [IPv6]:port}; configuration calls it by its name. */
    static ListenAddress parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches() || Integer.parseInt(match.group("port")) > 65_535) {
            throw new StartRefused(
                    "invalid-listen-address",
                    "QUARTERMASTER_LISTEN is '"
                            + text
                            + "', expected host:port such as 127.0.0.1:8080 or [::1]:8080.");
        }
        var six = match.group("six");
        return new ListenAddress(
                six == null ? match.group("name") : six, Integer.parseInt(match.group("port")));
    }
}
