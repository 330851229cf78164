package io.quartermaster.engine;

import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.lease.MemoryLeases;
import io.quartermaster.engine.saga.MemorySagas;
import io.quartermaster.engine.saga.SagaStore;
import io.quartermaster.engine.subscription.MemorySubscriptions;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.es.Envelope;
import java.util.ArrayList;
import java.util.List;

/** The contract kit's parts in memory. */
final class MemoryEngine implements TestEngine {
    private final MemoryLog log;
    private final MemoryLeases leases;
    private final MemorySubscriptions subscriptions = new MemorySubscriptions();
    private final MemorySagas sagas = new MemorySagas();
    private final List<Long> notes = new ArrayList<>();

    MemoryEngine(TickingClock clock) {
        log = new MemoryLog(clock);
        leases = new MemoryLeases(clock);
    }

    @Override
    public EventLog log() {
        return log;
    }

    @Override
    public SubscriptionStore subscriptions() {
        return subscriptions;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public SagaStore sagas() {
        return sagas;
    }

    @Override
    public void note(Envelope<?> event, Tx tx) {
        notes.add(event.position());
        ((MemoryTx) tx).onRollback(notes::removeLast);
    }

    @Override
    public List<Long> notes() {
        return List.copyOf(notes);
    }

    @Override
    public List<String> refusals() {
        return sagas.refusals().stream()
                .map(refusal -> refusal.substring(0, refusal.indexOf(':')))
                .toList();
    }

    @Override
    public void close() {}
}
