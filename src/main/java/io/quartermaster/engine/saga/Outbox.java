package io.quartermaster.engine.saga;

import io.quartermaster.engine.Conflict;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Overloaded;
import io.quartermaster.engine.StorageFailure;
import io.quartermaster.engine.saga.SagaStore.Queued;
import io.quartermaster.es.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Sends what sagas have queued: in order within an instance, instances side by side. Several at the
 * same time do no harm, since a command that was carried out is not carried out again; but only one
 * keeps the order, so a lease should see to that.
 */
public final class Outbox {

    private static final int PAGE = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final SagaStore store;
    private final Dispatcher dispatcher;
    private final InstantSource clock;

    public Outbox(SagaStore store, Dispatcher dispatcher, InstantSource clock) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    /**
     * Queues what is due, then sends one page of what is queued.
     *
     * @param executor runs each instance's commands; the caller's own thread makes it deterministic
     * @return how many commands were tried; 0 when there is nothing to do now
     */
    public int drain(Executor executor) {
        store.fire(clock.instant(), PAGE);
        var instances = new LinkedHashMap<List<String>, List<Queued>>();
        var page = store.pending(clock.instant(), PAGE);
        for (var queued : page) {
            var instance = List.of(queued.command().saga(), queued.command().key());
            instances.computeIfAbsent(instance, key -> new ArrayList<>()).add(queued);
        }
        var sending =
                instances.values().stream()
                        .map(queue -> CompletableFuture.runAsync(() -> send(queue), executor))
                        .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(sending).join();
        return page.size();
    }

    private void send(List<Queued> queue) {
        for (var queued : queue) {
            if (!send(queued)) return;
        }
    }

    /** Whether the next one of the instance may follow. */
    private boolean send(Queued queued) {
        var command = queued.command();
        try {
            dispatcher.send(command.order(), command.ask());
            store.sent(queued);
            return true;
        } catch (Rejected refused) {
            store.rejected(queued, refused.code(), String.valueOf(refused.getMessage()));
            return true;
        } catch (Conflict | Overloaded | StorageFailure later) {
            postpone(queued, later);
            return false;
        } catch (RuntimeException defect) {
            // A rule that throws: the instance is held up, visibly, and nothing else.
            postpone(queued, defect);
            return false;
        }
    }

    private void postpone(Queued queued, RuntimeException why) {
        Instant until = clock.instant().plus(pause(queued.attempts()));
        store.postponed(queued, until, why.getClass().getSimpleName() + ": " + why.getMessage());
    }

    private static Duration pause(int attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 16));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
