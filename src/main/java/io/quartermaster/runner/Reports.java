package io.quartermaster.runner;

import io.quartermaster.machine.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Steps that ended and are not recorded yet. Those of half a second are recorded together, since
 * each append has its price in every view. What is lost with this process, the target tells again
 * to whoever takes over.
 */
final class Reports {

    private static final long GATHER_MILLIS = 500;
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(
                    GATHER_MILLIS,
                    TimeUnit.MILLISECONDS,
                    task -> Thread.ofVirtual().name("step reports").start(task));

    private final Claim claim;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<StepReport> held = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private boolean closed;

    Reports(Claim claim) {
        this.claim = claim;
    }

    /**
     * Takes a report, to be recorded within half a second.
     *
     * @throws RunLost when earlier ones could not be recorded, because the run is somebody else's
     */
    void add(StepReport report) {
        lock.lock();
        try {
            throwFailure();
            held.add(report);
            if (held.size() == 1) LATER.execute(this::recordNow);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for this; who comes next is told of a failure. */
    private void recordNow() {
        lock.lock();
        try {
            if (!closed && failure == null && !held.isEmpty()) claim.finished(List.copyOf(held));
            held.clear();
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Hands over what is not recorded yet, to be recorded with what follows.
     *
     * @throws RunLost as in {@link #add}
     */
    List<StepReport> take() {
        lock.lock();
        try {
            throwFailure();
            var taken = List.copyOf(held);
            held.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is recorded. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() {
        if (failure != null) throw failure;
    }
}
