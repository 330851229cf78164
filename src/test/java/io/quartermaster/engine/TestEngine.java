package io.quartermaster.engine;

import io.quartermaster.engine.PostgresLog.Limits;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.lease.MemoryLeases;
import io.quartermaster.engine.lease.PostgresLeases;
import io.quartermaster.engine.subscription.MemorySubscriptions;
import io.quartermaster.engine.subscription.PostgresSubscriptions;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Everything the contract kit runs on, in memory or on PostgreSQL. */
public interface TestEngine extends AutoCloseable {

    EventLog log();

    SubscriptionStore subscriptions();

    Leases leases();

    /** Writes an event's position down in the transaction, as a pure handler may. */
    void note(Envelope<?> event, Tx tx) throws SQLException;

    /** The positions written down and committed, in the order of writing. */
    List<Long> notes();

    @Override
    void close();

    /** In memory, on the clock. */
    static TestEngine inMemory(TickingClock clock) {
        var log = new MemoryLog(clock);
        var subscriptions = new MemorySubscriptions();
        var leases = new MemoryLeases(clock);
        var notes = new ArrayList<Long>();
        return new TestEngine() {
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
            public void note(Envelope<?> event, Tx tx) {
                notes.add(event.position());
                ((MemoryTx) tx).onRollback(notes::removeLast);
            }

            @Override
            public List<Long> notes() {
                return List.copyOf(notes);
            }

            @Override
            public void close() {}
        };
    }

    /** On a database of its own. */
    static TestEngine onPostgres() {
        var postgres = new TestDatabase();
        var database = postgres.database();
        var log = new PostgresLog(database, Tally.codec(), Limits.ORDINARY, Meters.none());
        var subscriptions = new PostgresSubscriptions(database);
        var leases = new PostgresLeases(database);
        database.update("CREATE TABLE note (n serial PRIMARY KEY, position bigint NOT NULL)");
        return new TestEngine() {
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
            public void note(Envelope<?> event, Tx tx) throws SQLException {
                ((SqlTx) tx).update("INSERT INTO note (position) VALUES (?)", event.position());
            }

            @Override
            public List<Long> notes() {
                var sql = "SELECT position FROM note ORDER BY n";
                return database.query(sql, row -> row.getLong(1));
            }

            @Override
            public void close() {
                postgres.close();
            }
        };
    }
}
