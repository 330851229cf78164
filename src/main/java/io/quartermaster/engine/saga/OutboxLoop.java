package io.quartermaster.engine.saga;

import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.Claim;
import io.quartermaster.engine.lease.LeaseKeeper;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Sends what sagas queue, in one replica at a time: the one with the lease. */
public final class OutboxLoop implements AutoCloseable {
    private static final String NAME = "outbox";
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Outbox outbox;
    private final Executor executor;
    private final WorkLoop loop = new WorkLoop(NAME, PAUSE, WorkLoop.AND_LATER, this::drain);
    private final Claim claim;

    /**
     * @param executor runs each instance's commands
     */
    public OutboxLoop(Outbox outbox, LeaseKeeper keeper, Executor executor) {
        this.outbox = outbox;
        this.executor = executor;
        this.claim = keeper.claim(NAME, loop::wake);
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
        return claim.lease().isPresent() && outbox.drain(executor) > 0;
    }

    @Override
    public void close() {
        loop.close();
        claim.close();
    }
}
