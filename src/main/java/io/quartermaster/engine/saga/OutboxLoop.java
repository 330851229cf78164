package io.quartermaster.engine.saga;

import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.Lease;
import io.quartermaster.engine.lease.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends what sagas queue, in one replica at a time: the one with the lease. */
public final class OutboxLoop implements AutoCloseable {
    private static final String LEASE = "outbox";
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final Leases leases;
    private final String replica;
    private final Executor executor;
    private final InstantSource clock;
    private final WorkLoop loop = new WorkLoop(LEASE, PAUSE, WorkLoop.AND_LATER, this::drain);
    private @Nullable Lease lease;
    private Instant renewAt = Instant.MIN;

    /** Who sends, and with what. */
    public record Sender(String replica, Executor executor) {}

    public OutboxLoop(Outbox outbox, Leases leases, Sender sender, InstantSource clock) {
        this.outbox = outbox;
        this.leases = leases;
        this.replica = sender.replica();
        this.executor = sender.executor();
        this.clock = clock;
    }

    /** Starts to send. */
    public void start() {
        loop.start();
    }

    /** Something may have been queued; returns at once. */
    public void wake() {
        loop.wake();
    }

    private boolean drain() {
        return isOurs() && outbox.drain(executor) > 0;
    }

    private boolean isOurs() {
        var now = clock.instant();
        var held = lease;
        if (held != null && now.isBefore(renewAt)) return true;
        lease =
                held == null
                        ? leases.acquire(LEASE, replica, TTL).orElse(null)
                        : leases.renew(List.of(held), TTL).stream().findFirst().orElse(null);
        renewAt = now.plus(TTL.dividedBy(3));
        return lease != null;
    }

    @Override
    public void close() {
        loop.close();
        var held = lease;
        if (held != null) leases.release(held);
    }
}
