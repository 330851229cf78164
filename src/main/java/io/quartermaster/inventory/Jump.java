package io.quartermaster.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host to go through, as SSH arguments name it.
 *
 * @param port null: 22, or what the inventory says of it
 * @param user null: whoever the inventory says
 * @param keyFile null: what the inventory says, else the agent's keys
 * @param declared whether it must be a host of the inventory
 */
record Jump(
        String host,
        @Nullable Integer port,
        @Nullable String user,
        @Nullable String keyFile,
        boolean declared,
        Origin origin) {
    private static final Pattern DESTINATION =
            Pattern.compile(
                    "(?:ssh://)?(?:(?<user>\\w[\\w.@+$\\\\-]*)@)?"
                            + "(?:\\[(?<bracketed>[0-9a-fA-F:.]+)\\]|(?<plain>\\w[\\w.-]*))"
                            + "(?::(?<port>[0-9]{1,5}))?/?");

    /** More would be a mistake. */
    private static final int CHAIN = 8;

    /** Reads {@code [user@]host[:port],...}, the host nearest to the daemon first. */
    static List<Jump> chain(String text, Origin origin) {
        var parts = text.split(",", -1);
        if (parts.length > CHAIN) throw bad(parts.length + " jump hosts", origin);
        var chain = new ArrayList<Jump>();
        for (var part : parts) chain.add(of(part.strip(), origin));
        return List.copyOf(chain);
    }

    static Jump of(String destination, Origin origin) {
        var match = DESTINATION.matcher(destination);
        if (!match.matches()) throw bad("the jump host " + Problem.quoted(destination), origin);
        var host = match.group("plain") != null ? match.group("plain") : match.group("bracketed");
        var port = match.group("port") == null ? null : Integer.valueOf(match.group("port"));
        return new Jump(host, port, match.group("user"), null, false, origin);
    }

    Jump with(@Nullable Integer otherPort, @Nullable String otherUser, @Nullable String otherKey) {
        return new Jump(
                host,
                otherPort != null ? otherPort : port,
                otherUser != null ? otherUser : user,
                otherKey,
                declared,
                origin);
    }

    private static Refusal bad(String found, Origin origin) {
        return new Refusal(
                Problem.Code.UNSUPPORTED_PROXY,
                origin,
                found,
                "[user@]host[:port], at most " + CHAIN + " of them with commas between");
    }
}
