package io.quartermaster.engine.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Leases in memory, on a clock that tests can turn. */
public final class MemoryLeases implements Leases {
    private final InstantSource clock;
    private final Map<String, Held> leases = new TreeMap<>();
    private long epoch;

    public MemoryLeases(InstantSource clock) {
        this.clock = clock;
    }

    private record Held(Lease lease, Instant expiresAt) {}

    @Override
    public synchronized List<Lease> acquireAny(
            List<String> names, String owner, Duration ttl, int max) {
        var given = new ArrayList<Lease>();
        for (var name : names.stream().sorted().distinct().toList()) {
            if (given.size() == max) break;
            var held = leases.get(name);
            if (held != null && isHeld(held)) continue;
            var lease = new Lease(name, owner, ++epoch);
            leases.put(name, new Held(lease, clock.instant().plus(ttl)));
            given.add(lease);
        }
        return given;
    }

    @Override
    public synchronized List<Lease> renew(List<Lease> own, Duration ttl) {
        var renewed = own.stream().filter(this::isCurrent).toList();
        for (var lease : renewed) {
            leases.put(lease.name(), new Held(lease, clock.instant().plus(ttl)));
        }
        return renewed;
    }

    @Override
    public synchronized void release(List<Lease> own) {
        for (var lease : own) {
            var held = leases.get(lease.name());
            if (held != null && held.lease().equals(lease)) leases.remove(lease.name());
        }
    }

    @Override
    public synchronized List<Lease> held() {
        return leases.values().stream().filter(this::isHeld).map(Held::lease).toList();
    }

    private boolean isCurrent(Lease lease) {
        var held = leases.get(lease.name());
        return held != null && isHeld(held) && held.lease().equals(lease);
    }

    private boolean isHeld(Held held) {
        return held.expiresAt().isAfter(clock.instant());
    }
}
