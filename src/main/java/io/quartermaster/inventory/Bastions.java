package io.quartermaster.inventory;

import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes hosts of jump hosts: each is found in the inventory by its name or address, or added to it,
 * so that a host's bastion is always a host that can be looked up. A host that cannot be reached as
 * it says becomes unusable; the others stay as they are.
 */
final class Bastions {
    private static final int CHAIN = 8;
    private static final int SSH_PORT = 22;

    private final Map<String, InventoryHost> hosts;
    private final Map<String, List<Jump>> jumps = new LinkedHashMap<>();
    private final Map<String, InventoryHost> byAddress = new HashMap<>();

    /** The bastion of each host that has one. */
    private final Map<String, String> via = new HashMap<>();

    /**
     * @param hosts the inventory's, by name; {@link #link} changes them and adds to them
     */
    Bastions(Map<String, InventoryHost> hosts) {
        this.hosts = hosts;
    }

    void expect(String host, List<Jump> way) {
        if (!way.isEmpty()) jumps.put(host, way);
    }

    void link() {
        if (jumps.isEmpty()) return;
        for (var host : hosts.values()) {
            if (host.connection() instanceof Connection.Ssh ssh)
                byAddress.putIfAbsent(ssh.address(), host);
        }
        jumps.forEach((host, way) -> attempt(host, () -> chain(host, way)));
        jumps.forEach((host, way) -> attempt(host, () -> checkOrder(host, way)));
        for (var host : via.keySet()) attempt(host, () -> checkLength(host));
        for (var host : via.keySet()) attempt(host, () -> checkReach(host));
        via.forEach(
                (host, bastion) ->
                        hosts.computeIfPresent(host, (name, old) -> through(old, bastion)));
    }

    private void attempt(String host, Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            var unusable = new Connection.Unusable(List.of(refusal.problem()));
            hosts.computeIfPresent(host, (name, old) -> with(old, unusable));
        }
    }

    /** A host that is on the way to itself is reached without what comes after. */
    private void chain(String host, List<Jump> way) {
        String previous = null;
        for (var jump : way) {
            var known = known(jump);
            if (known.isPresent() && known.get().name().equals(host)) break;
            previous = known.isPresent() ? known.get().name() : added(jump, previous);
        }
        if (previous != null) via.put(host, previous);
    }

    private Optional<InventoryHost> known(Jump jump) {
        var named = hosts.get(jump.host());
        var found = named != null ? named : byAddress.get(jump.host());
        if (found == null && jump.declared()) {
            throw new Refusal(
                    Problem.Code.BASTION_UNUSABLE,
                    jump.origin(),
                    "the bastion "
                            + Problem.quoted(jump.host())
                            + ", which is not in the inventory",
                    "the name of a host of this inventory");
        }
        if (found == null
                || !(found.connection() instanceof Connection.Ssh ssh)
                || agrees(jump, ssh)) return Optional.ofNullable(found);
        if (named == null) return Optional.empty();
        throw new Refusal(
                Problem.Code.BASTION_CONFLICT,
                jump.origin(),
                "another user or port for "
                        + Problem.quoted(jump.host())
                        + " than the inventory has",
                "the same in both places, or ProxyJump=" + jump.host() + " alone");
    }

    private static boolean agrees(Jump jump, Connection.Ssh ssh) {
        var samePort = jump.port() == null || jump.port() == ssh.port();
        return samePort && (jump.user() == null || jump.user().equals(ssh.user()));
    }

    /** A host that only connection arguments know. */
    private String added(Jump jump, @Nullable String previous) {
        var credentials =
                jump.keyFile() == null
                        ? new Credentials.Agent()
                        : new Credentials.PrivateKey(jump.keyFile(), null, null);
        var port = jump.port() == null ? SSH_PORT : jump.port();
        var ssh =
                new Connection.Ssh(
                        jump.host(),
                        port,
                        jump.user(),
                        Become.NOBODY,
                        credentials,
                        List.of(),
                        null,
                        Map.of());
        var name = EntityName.host(jump.host(), jump.origin());
        hosts.put(name, new InventoryHost(name, List.of(), new Variables(Map.of(), Map.of()), ssh));
        if (previous != null) via.put(name, previous);
        return name;
    }

    /** A chain may not send a known bastion another way than its own. */
    private void checkOrder(String host, List<Jump> way) {
        String previous = null;
        for (var jump : way) {
            var name = known(jump).map(InventoryHost::name).orElse(jump.host());
            if (name.equals(host)) return;
            if (previous != null && !Objects.equals(via.get(name), previous)) {
                throw new Refusal(
                        Problem.Code.BASTION_CONFLICT,
                        jump.origin(),
                        Problem.quoted(name)
                                + " behind "
                                + Problem.quoted(previous)
                                + " in this chain only",
                        "the same way wherever it is named; say it at "
                                + Problem.quoted(name)
                                + " itself");
            }
            previous = name;
        }
    }

    private void checkLength(String host) {
        var steps = 0;
        for (var next = via.get(host); next != null; next = via.get(next)) {
            if (next.equals(host) || ++steps > CHAIN) {
                throw new Refusal(
                        Problem.Code.BASTION_CYCLE,
                        origin(host),
                        "a way to "
                                + Problem.quoted(host)
                                + " that leads back or over more than "
                                + CHAIN,
                        "bastions of which the first is reached straight");
            }
        }
    }

    private void checkReach(String host) {
        if (!isOverSsh(host)) return;
        for (var next = via.get(host); next != null; next = via.get(next)) {
            if (isOverSsh(next)) continue;
            throw new Refusal(
                    Problem.Code.BASTION_UNUSABLE,
                    origin(host),
                    "the bastion " + Problem.quoted(next) + ", which cannot be reached over SSH",
                    "a bastion that can; see what is said of it");
        }
    }

    private boolean isOverSsh(String host) {
        return Objects.requireNonNull(hosts.get(host)).connection() instanceof Connection.Ssh;
    }

    private Origin origin(String host) {
        var way = jumps.get(host);
        return way == null ? Draft.NOWHERE : way.getFirst().origin();
    }

    private static InventoryHost through(InventoryHost host, String bastion) {
        return host.connection() instanceof Connection.Ssh ssh
                ? with(host, ssh.through(bastion))
                : host;
    }

    private static InventoryHost with(InventoryHost host, Connection connection) {
        return new InventoryHost(host.name(), host.groups(), host.variables(), connection);
    }
}
