package io.quartermaster.engine.saga;

import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.StorageFailure;
import io.quartermaster.engine.Tx;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.engine.wire.WireFamily;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sagas on PostgreSQL. */
public final class PostgresSagas implements SagaStore {

    private static final String LOAD = "SELECT state FROM saga WHERE name = ? AND key = ?";
    private static final String SAVE =
            """
            INSERT INTO saga (name, key, state) VALUES (?, ?, ?::jsonb)
            ON CONFLICT (name, key) DO UPDATE SET state = excluded.state""";
    private static final String SEND =
            """
            INSERT INTO outbox (effective_at, saga, key, tenant, stream, command_type,
              command_version, command, metadata)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)""";
    private static final String SCHEDULE =
            """
            INSERT INTO deadline
              (saga, key, name, at, tenant, stream, command_type, command_version, command, metadata)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
            ON CONFLICT (saga, key, name) DO UPDATE SET at = excluded.at,
              tenant = excluded.tenant, stream = excluded.stream,
              command_type = excluded.command_type, command_version = excluded.command_version,
              command = excluded.command, metadata = excluded.metadata""";
    private static final String CANCEL =
            "DELETE FROM deadline WHERE saga = ? AND key = ? AND name = ?";
    private static final String FIRE =
            """
            WITH due AS (
              SELECT saga, key, name FROM deadline WHERE at <= ? ORDER BY at LIMIT ?
              FOR UPDATE SKIP LOCKED), gone AS (
              DELETE FROM deadline d USING due
              WHERE (d.saga, d.key, d.name) = (due.saga, due.key, due.name) RETURNING d.*)
            INSERT INTO outbox
              (saga, key, tenant, stream, command_type, command_version, command, metadata)
            SELECT saga, key, tenant, stream, command_type, command_version, command, metadata
            FROM gone ORDER BY at""";
    private static final String PENDING =
            """
            SELECT sequence, attempts, saga, key, tenant, stream, command_type, command_version,
              command, metadata, effective_at
            FROM outbox o
            WHERE code IS NULL AND NOT EXISTS (
              SELECT FROM outbox e
              WHERE e.saga = o.saga AND e.key = o.key AND e.sequence <= o.sequence
                AND e.code IS NULL AND e.attempts > 0 AND e.not_before > ?)
            ORDER BY sequence LIMIT ?""";
    private static final String SENT = "DELETE FROM outbox WHERE sequence = ?";
    private static final String REJECTED =
            "UPDATE outbox SET code = ?, message = ? WHERE sequence = ?";
    private static final String POSTPONED =
            """
            UPDATE outbox SET attempts = attempts + 1, not_before = ?, message = ?
            WHERE sequence = ?""";
    private static final String BACKLOG =
            """
            SELECT count(*), count(*) FILTER (WHERE attempts > 0), (SELECT count(*) FROM deadline)
            FROM outbox WHERE code IS NULL""";

    private final Database database;
    private final Codec codec;

    public PostgresSagas(Database database, Codec codec) {
        this.database = database;
        this.codec = codec;
    }

    @Override
    public <S> S load(Tx tx, Saga<S> saga, String key) {
        try {
            return Database.query(
                            sql(tx).connection(), LOAD, row -> row.getString(1), saga.name(), key)
                    .stream()
                    .findFirst()
                    .map(json -> codec.readState(json, saga.stateType()))
                    .orElseGet(saga::initial);
        } catch (SQLException e) {
            throw new StorageFailure(e);
        }
    }

    @Override
    public <S> void save(Tx tx, Saga<S> saga, String key, S state) {
        update(tx, SAVE, saga.name(), key, codec.writeState(state, saga.stateType()));
    }

    @Override
    public void send(Tx tx, Outgoing command) {
        update(
                tx,
                SEND,
                values(command, command.ask().effectiveAt(), command.saga(), command.key()));
    }

    @Override
    public void schedule(Tx tx, String name, Instant at, Outgoing command) {
        update(tx, SCHEDULE, values(command, command.saga(), command.key(), name, at));
    }

    /** The first values, then what is stored of the command. */
    private @Nullable Object[] values(Outgoing command, @Nullable Object... first) {
        var order = command.order();
        var stored = codec.commands().write(order.command());
        var values = new ArrayList<@Nullable Object>(Arrays.asList(first));
        values.add(order.tenant());
        values.add(order.stream());
        values.add(stored.name());
        values.add(stored.version());
        values.add(stored.json());
        values.add(codec.write(command.ask().metadata()));
        return values.toArray();
    }

    @Override
    public void cancel(Tx tx, String saga, String key, String name) {
        update(tx, CANCEL, saga, key, name);
    }

    private static void update(Tx tx, String statement, @Nullable Object... values) {
        sql(tx).update(statement, values);
    }

    private static SqlTx sql(Tx tx) {
        if (tx instanceof SqlTx sql) return sql;
        throw new IllegalArgumentException("sagas on PostgreSQL need a transaction there");
    }

    @Override
    public int fire(Instant now, int limit) {
        return database.update(FIRE, now, limit);
    }

    @Override
    public List<Queued> pending(Instant now, int limit) {
        return database.query(PENDING, this::queued, now, limit);
    }

    private Queued queued(ResultSet row) throws SQLException {
        var stored =
                new WireFamily.Stored(
                        row.getString("command_type"),
                        row.getInt("command_version"),
                        row.getString("command"));
        var order =
                new Order(
                        StreamId.parse(row.getString("stream")),
                        row.getString("tenant"),
                        codec.commands().read(stored));
        var at = row.getObject("effective_at", OffsetDateTime.class);
        var metadata = codec.readMetadata(row.getString("metadata"));
        var ask = new Ask(metadata, at == null ? null : at.toInstant());
        var outgoing = new Outgoing(row.getString("saga"), row.getString("key"), order, ask);
        return new Queued(row.getLong("sequence"), row.getInt("attempts"), outgoing);
    }

    @Override
    public void sent(Queued command) {
        database.update(SENT, command.sequence());
    }

    @Override
    public void rejected(Queued command, String code, String message) {
        database.update(REJECTED, code, message, command.sequence());
    }

    @Override
    public void postponed(Queued command, Instant until, String why) {
        database.update(POSTPONED, until, why, command.sequence());
    }

    @Override
    public Backlog backlog() {
        return database.query(
                        BACKLOG, row -> new Backlog(row.getLong(1), row.getLong(2), row.getLong(3)))
                .getFirst();
    }
}
