package io.quartermaster.engine.lease;

import io.quartermaster.engine.TickingClock;
import java.time.Duration;

class MemoryLeasesTest extends LeasesContract {
    private final TickingClock clock = new TickingClock();
    private final Leases leases = new MemoryLeases(clock);

    @Override
    Leases leases() {
        return leases;
    }

    @Override
    void expire(Lease lease) {
        var others = leases.held().stream().filter(each -> !each.equals(lease)).toList();
        leases.renew(others, Duration.ofHours(3));
        clock.advance(Duration.ofHours(2));
    }
}
