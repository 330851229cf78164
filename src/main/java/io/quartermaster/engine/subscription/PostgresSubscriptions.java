package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.Tx;
import io.quartermaster.es.StreamId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Checkpoints, parked streams and dead letters as rows. */
public final class PostgresSubscriptions implements SubscriptionStore {
    private static final String CHECKPOINT =
            "SELECT subscriber, first_slice, last_slice, epoch, position, acts_after"
                    + " FROM checkpoint";
    private static final String OPEN =
            """
            INSERT INTO checkpoint (subscriber, first_slice, last_slice, position, epoch, acts_after)
            SELECT ?, ?, ?, ?, ?, coalesce(max(position), 0)
            FROM checkpoint
            WHERE regexp_replace(subscriber, '\\.v[0-9]+$', '') = ? AND subscriber <> ?
            ON CONFLICT (subscriber, first_slice) DO UPDATE
            SET epoch = excluded.epoch, stopped = NULL
            WHERE checkpoint.epoch <= excluded.epoch
            RETURNING subscriber, first_slice, last_slice, epoch, position, acts_after""";

    /**
     * The commit need not wait for the disk: should the server lose it, what was written and the
     * checkpoint are lost together, and the events are handled again. A process that is stopped in
     * the middle must not keep its successor waiting.
     */
    private static final String ADVANCE =
            """
            UPDATE checkpoint SET position = ?
            WHERE subscriber = ? AND first_slice = ? AND last_slice = ? AND position = ? AND epoch = ?
            RETURNING set_config('synchronous_commit', 'off', true),
                set_config('idle_in_transaction_session_timeout', '30s', true)""";

    private static final String PARKED =
            "SELECT subscriber, stream, version, position, attempts, error, retry_at"
                    + " FROM parked_stream";
    private static final String PARK =
            """
            INSERT INTO parked_stream
                (subscriber, stream, slice, version, position, attempts, error, retry_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (subscriber, stream) DO UPDATE
            SET version = excluded.version, position = excluded.position,
                attempts = excluded.attempts, error = excluded.error, retry_at = excluded.retry_at""";
    private static final String DIE =
            """
            INSERT INTO dead_letter
                (subscriber, stream, version, position, attempts, error, died_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)""";
    private static final String RESOLVE =
            """
            WITH resolved AS (
                UPDATE dead_letter SET resolution = ?, reason = ?, actor = ?, resolved_at = ?
                WHERE id = ? AND resolution IS NULL RETURNING subscriber, stream, version
            )
            UPDATE parked_stream p
            SET version = r.version + ?, attempts = 0, retry_at = ?
            FROM resolved r WHERE p.subscriber = r.subscriber AND p.stream = r.stream""";

    private final Database database;

    public PostgresSubscriptions(Database database) {
        this.database = database;
    }

    @Override
    public Checkpoint open(String subscriber, Slices slices, long epoch, long start) {
        var known =
                database.query(
                        CHECKPOINT + " WHERE subscriber = ?",
                        PostgresSubscriptions::checkpoint,
                        subscriber);
        known.forEach(each -> Splits.check(each, slices));
        return database
                .query(
                        OPEN,
                        PostgresSubscriptions::checkpoint,
                        subscriber,
                        slices.first(),
                        slices.last(),
                        start,
                        epoch,
                        Subscription.baseName(subscriber),
                        subscriber)
                .stream()
                .findFirst()
                .orElseThrow(() -> new Fenced(subscriber));
    }

    @Override
    public void advance(Checkpoint from, long position, Work work) {
        database.transact(
                connection -> {
                    if (!move(connection, from, position)) throw new Fenced(from.subscriber());
                    var tx = new SqlTx(connection);
                    work.in(tx);
                    tx.flush();
                    return position;
                });
    }

    @Override
    public void stop(Checkpoint checkpoint, String reason) {
        database.update(
                "UPDATE checkpoint SET stopped = ?"
                        + " WHERE subscriber = ? AND first_slice = ? AND epoch = ?",
                reason,
                checkpoint.subscriber(),
                checkpoint.slices().first(),
                checkpoint.epoch());
    }

    @Override
    public List<Stopped> stopped() {
        return database.query(
                "SELECT subscriber, stopped FROM checkpoint WHERE stopped IS NOT NULL"
                        + " ORDER BY subscriber, first_slice",
                row -> new Stopped(row.getString(1), row.getString(2)));
    }

    private static boolean move(Connection connection, Checkpoint from, long position)
            throws SQLException {
        var moved =
                Database.query(
                        connection,
                        ADVANCE,
                        row -> true,
                        position,
                        from.subscriber(),
                        from.slices().first(),
                        from.slices().last(),
                        from.position(),
                        from.epoch());
        return !moved.isEmpty();
    }

    @Override
    public List<Parked> parked(Checkpoint checkpoint) {
        return database.query(
                PARKED + " WHERE subscriber = ? AND slice BETWEEN ? AND ? ORDER BY position",
                PostgresSubscriptions::parked,
                checkpoint.subscriber(),
                checkpoint.slices().first(),
                checkpoint.slices().last());
    }

    @Override
    public void park(Tx tx, Parked stream, Instant now) throws SQLException {
        var sql = (SqlTx) tx;
        sql.update(
                PARK,
                stream.subscriber(),
                stream.stream(),
                Slices.of(stream.stream()),
                stream.version(),
                stream.position(),
                stream.attempts(),
                stream.error(),
                Optional.ofNullable(stream.retryAt()));
        if (stream.retryAt() != null) return;
        sql.update(
                DIE,
                stream.subscriber(),
                stream.stream(),
                stream.version(),
                stream.position(),
                stream.attempts(),
                stream.error(),
                now);
    }

    @Override
    public void unpark(Tx tx, Parked stream) throws SQLException {
        var sql = "DELETE FROM parked_stream WHERE subscriber = ? AND stream = ?";
        ((SqlTx) tx).update(sql, stream.subscriber(), stream.stream());
    }

    @Override
    public List<Checkpoint> checkpoints() {
        return database.query(
                CHECKPOINT + " ORDER BY subscriber, first_slice",
                PostgresSubscriptions::checkpoint);
    }

    @Override
    public List<Parked> parked() {
        return database.query(
                PARKED + " ORDER BY subscriber, position", PostgresSubscriptions::parked);
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return database.query(
                "SELECT id, subscriber, stream, version, position, attempts, error, died_at"
                        + " FROM dead_letter WHERE resolution IS NULL ORDER BY id",
                row ->
                        new DeadLetter(
                                row.getLong(1),
                                row.getString(2),
                                StreamId.parse(row.getString(3)),
                                row.getLong(4),
                                row.getLong(5),
                                row.getInt(6),
                                row.getString(7),
                                Database.instant(row, 8)));
    }

    @Override
    public boolean resolve(long deadLetter, Resolution resolution) {
        int resolved =
                database.update(
                        RESOLVE,
                        resolution.skip() ? "skipped" : "retried",
                        resolution.reason(),
                        resolution.actor(),
                        resolution.at(),
                        deadLetter,
                        resolution.skip() ? 1 : 0,
                        resolution.at());
        return resolved == 1;
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getString(1),
                new Slices(row.getInt(2), row.getInt(3)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6));
    }

    private static Parked parked(ResultSet row) throws SQLException {
        var retryAt = row.getObject(7, OffsetDateTime.class);
        return new Parked(
                row.getString(1),
                StreamId.parse(row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5),
                row.getString(6),
                retryAt == null ? null : retryAt.toInstant());
    }
}
