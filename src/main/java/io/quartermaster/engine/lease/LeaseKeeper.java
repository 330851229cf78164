package io.quartermaster.engine.lease;

import io.quartermaster.engine.WorkLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all the leases of one replica together: each round renews what it holds in one statement,
 * looks who else lives, and takes what is free in another, up to its share. When a replica joins,
 * the others let go of what exceeds theirs. What stays free for longer than a round, because the
 * others do not want it, is taken beyond the share.
 */
public final class LeaseKeeper implements AutoCloseable {

    /** How long the leases of one that falls silent keep others waiting. */
    public static final Duration TTL = Duration.ofSeconds(10);

    private static final Duration ROUND = TTL.dividedBy(3);
    private static final String PRESENCE = "replica/";

    private final Leases leases;
    private final String replica;
    private final InstantSource clock;
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();
    private final Queue<Lease> handedBack = new ConcurrentLinkedQueue<>();
    private final WorkLoop loop = new WorkLoop("leases", ROUND, List.of(), this::work);
    private @Nullable Lease presence;
    private Set<String> living = Set.of();
    private final Map<String, Instant> freeSince = new HashMap<>();

    /**
     * @param replica unique for each start of a process
     */
    public LeaseKeeper(Leases leases, String replica, InstantSource clock) {
        this.leases = leases;
        this.replica = replica;
        this.clock = clock;
    }

    /**
     * Wishes for a lease from the next round on.
     *
     * @param changed called when it is given or is to be let go of; only wakes somebody
     */
    public Claim claim(String name, Runnable changed) {
        var claim = new Claim(name, this, changed);
        claims.put(name, claim);
        loop.wake();
        return claim;
    }

    /** Starts to keep leases. */
    public void start() {
        loop.start();
    }

    private boolean work() {
        round();
        return false;
    }

    /**
     * Renews, hands back and takes, once; comes by itself after {@link #start}.
     *
     * @throws io.quartermaster.engine.StorageFailure when leases cannot be reached; those held are
     *     sure until their time is over
     */
    public synchronized void round() {
        handBackAll(List.of());
        renew();
        var held = leases.held();
        var present = withPrefix(held);
        var wanted = List.copyOf(claims.values());
        int share = Math.ceilDiv(wanted.size(), Math.max(1, present.size()));
        if (!living.containsAll(present)) letGo(wanted, share);
        living = present;
        take(wanted, held, share);
    }

    private void renew() {
        var own = new ArrayList<Lease>();
        claims.values().forEach(claim -> claim.held().ifPresent(own::add));
        Optional.ofNullable(presence).ifPresent(own::add);
        Instant until = now().plus(TTL);
        var renewed = Set.copyOf(leases.renew(own, TTL));
        for (var claim : claims.values()) {
            for (var lease : own) {
                if (!lease.name().equals(claim.name())) continue;
                if (renewed.contains(lease)) claim.renewed(lease, until);
                else claim.lost(lease);
            }
        }
        if (presence == null || !renewed.contains(presence)) {
            presence = leases.acquire(PRESENCE + replica, replica, TTL).orElse(null);
        }
    }

    private static Set<String> withPrefix(List<Lease> held) {
        return held.stream()
                .map(Lease::name)
                .filter(name -> name.startsWith(PRESENCE))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void letGo(Collection<Claim> wanted, int share) {
        wanted.stream().filter(claim -> claim.kept().isPresent()).skip(share).forEach(Claim::leave);
    }

    private void take(List<Claim> wanted, List<Lease> held, int share) {
        var taken = held.stream().map(Lease::name).collect(Collectors.toSet());
        var free =
                wanted.stream()
                        .map(Claim::name)
                        .filter(name -> !taken.contains(name))
                        .collect(Collectors.toSet());
        var orphans = orphans(free);
        int kept = (int) wanted.stream().filter(claim -> claim.kept().isPresent()).count();
        int room = Math.max(0, share - kept);
        int most = Math.max(room, orphans.size());
        if (!free.isEmpty() && most > 0) {
            Instant until = now().plus(TTL);
            var names = orphans.size() > room ? orphans : List.copyOf(free);
            for (var lease : leases.acquireAny(names, replica, TTL, most)) {
                give(lease, until);
            }
        }
    }

    /** Those that any replica alive would have taken by now. */
    private List<String> orphans(Set<String> free) {
        freeSince.keySet().retainAll(free);
        free.forEach(name -> freeSince.putIfAbsent(name, now()));
        Instant before = now().minus(TTL.dividedBy(2));
        return free.stream()
                .filter(name -> !freeSince.getOrDefault(name, now()).isAfter(before))
                .toList();
    }

    private void give(Lease lease, Instant until) {
        var claim = claims.get(lease.name());
        if (claim == null) handBack(lease);
        else claim.given(lease, until);
    }

    Instant now() {
        return clock.instant();
    }

    void handBack(Lease lease) {
        handedBack.add(lease);
        loop.wake();
    }

    void withdraw(Claim claim) {
        claims.remove(claim.name(), claim);
    }

    private void handBackAll(List<Lease> others) {
        var back = new ArrayList<>(others);
        for (var next = handedBack.poll(); next != null; next = handedBack.poll()) back.add(next);
        leases.release(back);
    }

    /** Gives up everything at once, so that other replicas need not wait. */
    @Override
    public void close() {
        loop.close();
        synchronized (this) {
            var own = new ArrayList<Lease>();
            claims.values().forEach(claim -> claim.held().ifPresent(own::add));
            claims.values().forEach(Claim::lost);
            Optional.ofNullable(presence).ifPresent(own::add);
            presence = null;
            handBackAll(own);
        }
    }
}
