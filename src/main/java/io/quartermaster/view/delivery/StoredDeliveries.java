package io.quartermaster.view.delivery;

import io.quartermaster.billing.delivery.Deliveries;
import io.quartermaster.billing.delivery.Letter;
import io.quartermaster.billing.delivery.Letter.Cause;
import io.quartermaster.billing.delivery.SinkState;
import io.quartermaster.billing.delivery.SinkState.Settled;
import io.quartermaster.billing.delivery.UsageRecord;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/** How far sinks have got, in PostgreSQL. */
public final class StoredDeliveries implements Deliveries {
    private static final String TAKE =
            """
            INSERT INTO sink_state AS own (
              sink, epoch, cursor, condition, failures, refused, settled, settling)
            SELECT ?, ?, start, 'active', 0, 0, start, start FROM (
              SELECT CASE WHEN ? THEN coalesce(max(seq), 0) ELSE 0 END AS start
              FROM usage_slice) AS first
            ON CONFLICT (sink) DO UPDATE SET epoch = excluded.epoch
            WHERE own.epoch < excluded.epoch""";
    private static final String SAVE =
            """
            UPDATE sink_state SET cursor = ?, condition = ?, reason = ?, failures = ?,
              next_attempt_at = ?, refused = ?, last_answer = ?, last_answer_at = ?,
              last_success_at = ?
            WHERE sink = ? AND epoch = ?""";
    private static final String SETTLE =
            """
            UPDATE sink_state SET settled = ?, settling = ?, settling_since = ?
            WHERE sink = ? AND epoch = ? AND settled = ? AND settling = ?""";
    private static final String BURY =
            """
            INSERT INTO sink_dead_letter (sink, seq, kind, error, attempts, died_at)
            VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (sink, seq) DO NOTHING""";
    private static final String AFTER =
            "SELECT "
                    + SliceRow.COLUMNS
                    + """
                     FROM usage_slice s
                    WHERE s.seq > ? AND NOT EXISTS (
                      SELECT FROM sink_dead_letter d WHERE d.sink = ? AND d.seq = s.seq)
                    ORDER BY s.seq LIMIT ?""";
    private static final String WANTED =
            LetterRow.SELECT
                    + " WHERE d.sink = ? AND d.resolution = 'retrying' ORDER BY d.id LIMIT ?";
    private static final String DIED =
            """
            UPDATE sink_dead_letter SET kind = ?, error = ?, attempts = attempts + 1, died_at = ?,
              resolution = NULL, reason = NULL, actor = NULL, resolved_at = NULL
            WHERE id = ? AND resolution = 'retrying'""";

    private final Database database;
    private final Json json;

    public StoredDeliveries(DataSource source, Json json) {
        this.database = new Database(source);
        this.json = json;
    }

    @Override
    public SinkState take(String sink, long epoch, boolean fromNow) {
        var known = database.query(SinkRow.SELECT, SinkRow::read, sink);
        if (known.isEmpty() || known.getFirst().epoch() < epoch) {
            database.update(TAKE, sink, epoch, fromNow);
            known = database.query(SinkRow.SELECT, SinkRow::read, sink);
        }
        var row = known.getFirst();
        if (row.epoch() != epoch) throw new Superseded(sink);
        return row.state();
    }

    @Override
    public List<UsageRecord> after(String sink, long seq, int limit) {
        return database.query(AFTER, row -> SliceRow.read(row, json), seq, sink, limit);
    }

    @Override
    public void save(SinkState state, long epoch, Map<UsageRecord, Cause> dead, Instant now) {
        database.transact(
                connection -> {
                    int saved =
                            Database.update(
                                    connection,
                                    SAVE,
                                    state.cursor(),
                                    word(state.condition()),
                                    state.reason(),
                                    state.failures(),
                                    state.nextAttemptAt(),
                                    state.refused(),
                                    state.last().answer(),
                                    state.last().at(),
                                    state.last().successAt(),
                                    state.sink(),
                                    epoch);
                    if (saved == 0) throw new Superseded(state.sink());
                    bury(state.sink(), dead, now, connection);
                    return saved;
                });
    }

    @Override
    public void settle(
            SinkState state, Settled next, long epoch, Map<UsageRecord, Cause> dead, Instant now) {
        var former = state.settled();
        database.transact(
                connection -> {
                    int settled =
                            Database.update(
                                    connection,
                                    SETTLE,
                                    next.seq(),
                                    next.next(),
                                    next.since(),
                                    state.sink(),
                                    epoch,
                                    former.seq(),
                                    former.next());
                    if (settled > 0) bury(state.sink(), dead, now, connection);
                    return settled;
                });
    }

    private static void bury(
            String sink, Map<UsageRecord, Cause> dead, Instant now, Connection connection)
            throws SQLException {
        for (var each : dead.entrySet()) {
            Database.update(
                    connection,
                    BURY,
                    sink,
                    each.getKey().seq(),
                    word(each.getValue().kind()),
                    each.getValue().reason().replace('\0', ' '),
                    now);
        }
    }

    @Override
    public List<Letter> wanted(String sink, int limit) {
        return database.query(WANTED, row -> LetterRow.read(row, json), sink, limit);
    }

    @Override
    public void arrived(Letter letter) {
        database.update(
                """
                UPDATE sink_dead_letter SET resolution = 'arrived'
                WHERE id = ? AND resolution = 'retrying'""",
                letter.id());
    }

    @Override
    public void died(Letter letter, Cause cause, Instant now) {
        var why = cause.reason().replace('\0', ' ');
        database.update(DIED, word(cause.kind()), why, now, letter.id());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
