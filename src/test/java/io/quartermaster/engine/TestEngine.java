package io.quartermaster.engine;

import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.saga.SagaStore;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.util.List;

/** Everything the contract kit runs on, in memory or on PostgreSQL. */
public interface TestEngine extends AutoCloseable {

    EventLog log();

    SubscriptionStore subscriptions();

    Leases leases();

    SagaStore sagas();

    /** Writes an event's position down in the transaction, as a pure handler may. */
    void note(Envelope<?> event, Tx tx) throws SQLException;

    /** The positions written down and committed, in the order of writing. */
    List<Long> notes();

    /** The codes of the refusals of sagas' commands. */
    List<String> refusals();

    @Override
    void close();

    /** In memory, on the clock. */
    static TestEngine inMemory(TickingClock clock) {
        return new MemoryEngine(clock);
    }

    /** On a database of its own. */
    static TestEngine onPostgres() {
        var postgres = new TestDatabase();
        PostgresEngine.makeNotes(postgres.database());
        return new PostgresEngine(postgres.pool(), postgres::close);
    }
}
