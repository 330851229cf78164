package io.quartermaster.engine;

import io.quartermaster.engine.PostgresLog.Limits;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.lease.PostgresLeases;
import io.quartermaster.engine.saga.PostgresSagas;
import io.quartermaster.engine.saga.SagaStore;
import io.quartermaster.engine.subscription.PostgresSubscriptions;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The contract kit's parts as one process has them on a database; there may be several. */
public final class PostgresEngine implements TestEngine {
    private final Database database;
    private final PostgresLog log;
    private final SubscriptionStore subscriptions;
    private final Leases leases;
    private final SagaStore sagas;
    private final Runnable close;

    public PostgresEngine(DataSource source, Runnable close) {
        this.close = close;
        database = new Database(source);
        log = new PostgresLog(database, Tally.codec(), Limits.ORDINARY, Meters.none());
        subscriptions = new PostgresSubscriptions(database);
        leases = new PostgresLeases(database);
        sagas = new PostgresSagas(database, Tally.codec());
    }

    /** Where handlers note what they were given. */
    public static void makeNotes(Database database) {
        database.update("CREATE TABLE note (n serial PRIMARY KEY, position bigint NOT NULL)");
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
    public void note(Envelope<?> event, Tx tx) throws SQLException {
        ((SqlTx) tx).update("INSERT INTO note (position) VALUES (?)", event.position());
    }

    @Override
    public List<Long> notes() {
        var sql = "SELECT position FROM note ORDER BY n";
        return database.query(sql, row -> row.getLong(1));
    }

    @Override
    public List<String> refusals() {
        var sql = "SELECT code FROM outbox WHERE code IS NOT NULL ORDER BY sequence";
        return database.query(sql, row -> row.getString(1));
    }

    @Override
    public void close() {
        close.run();
    }
}
