package io.quartermaster.simulation;

import io.quartermaster.engine.lease.Lease;
import io.quartermaster.engine.lease.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to do something, by a lease that is renewed in time as long as nobody sleeps.
 */
final class Turn {

    private static final Duration TTL = Duration.ofSeconds(10);

    private final String what;
    private final Replica replica;
    private final Leases leases;
    private final InstantSource clock;
    private @Nullable Lease lease;
    private Instant renewAt = Instant.MIN;

    Turn(String what, Replica replica, Leases leases, InstantSource clock) {
        this.what = what;
        this.replica = replica;
        this.leases = leases;
        this.clock = clock;
    }

    boolean isOurs() {
        Instant now = clock.instant();
        Lease held = lease;
        if (!now.isBefore(renewAt)) {
            if (held != null) {
                lease = leases.renew(List.of(held), TTL).stream().findFirst().orElse(null);
            }
            if (lease == null) {
                lease = leases.acquire(what, replica.name, TTL).orElse(null);
            }
            renewAt = now.plus(TTL.dividedBy(3));
        }
        return lease != null;
    }

    /** Counts up with each time that it becomes ours; 0 while it is not. */
    long epoch() {
        return lease == null ? 0 : lease.epoch();
    }

    void lose() {
        lease = null;
    }
}
