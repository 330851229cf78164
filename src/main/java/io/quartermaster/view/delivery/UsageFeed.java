package io.quartermaster.view.delivery;

import io.quartermaster.billing.usage.Count;
import io.quartermaster.billing.usage.Emission;
import io.quartermaster.billing.usage.Emissions;
import io.quartermaster.billing.usage.Emissions.Window;
import io.quartermaster.billing.usage.Fed;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Status;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.StorageFailure;
import io.quartermaster.view.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes slices of what the view of usage says: at each full hour of what is used, and at each
 * change. A look is one transaction; several at the same time wait for each other.
 */
public final class UsageFeed {
    private static final String CHANGED =
            """
            WITH changed AS (
              SELECT resource, min(from_at) AS begin, max(position) AS position FROM usage_segment
              WHERE position > ? AND position <= ? GROUP BY resource)
            SELECT c.resource, f.from_at, f.to_at, f.status, f.events,
              fed.fed_to, fed.open_from AS was_open, fed.open_facts AS had_facts,
              o.from_at AS is_open, cardinality(o.events) AS has_facts
            FROM changed c
            JOIN usage_segment f ON f.resource = c.resource AND f.from_at = c.begin
            LEFT JOIN usage_fed fed ON fed.resource = c.resource
            LEFT JOIN usage_segment o ON o.resource = c.resource AND o.to_at IS NULL AND o.present
              AND NOT EXISTS (
                SELECT FROM usage_segment n WHERE n.resource = c.resource AND n.position > ?)
            ORDER BY c.position""";
    private static final String REACH =
            """
            SELECT max(position) AS position FROM (
              SELECT position FROM usage_segment WHERE position > ?
              ORDER BY position LIMIT ?) AS first""";
    private static final String COUNTED =
            """
            SELECT * FROM usage_count WHERE position > ? ORDER BY position LIMIT ?""";
    private static final String NOTE =
            """
            INSERT INTO usage_fed (resource, fed_to, open_from, open_facts, due_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (resource) DO UPDATE SET
              fed_to = excluded.fed_to, open_from = excluded.open_from,
              open_facts = excluded.open_facts, due_at = excluded.due_at""";
    private static final String DUE =
            "SELECT resource, fed_to FROM usage_fed WHERE due_at <= ? ORDER BY due_at, resource LIMIT ?";
    private static final String SEGMENTS =
            """
            SELECT from_at, to_at, status, events FROM usage_segment
            WHERE resource = ? AND present AND (to_at IS NULL OR to_at > ?) AND from_at < ?
            ORDER BY from_at""";
    private static final String SENT =
            "SELECT "
                    + SliceRow.COLUMNS
                    + """
                     FROM usage_slice s
                    WHERE s.resource = ? AND s.from_at >= ? AND s.from_at < ?""";
    private static final String DONE =
            """
            UPDATE usage_fed SET fed_to = ?, due_at = CASE WHEN ? THEN ?::timestamptz
              WHEN EXISTS (SELECT FROM usage_segment s WHERE s.resource = usage_fed.resource
                AND s.present AND (s.to_at IS NULL OR s.to_at > ?)) THEN ?::timestamptz END
            WHERE resource = ?""";

    private final Database database;
    private final Json json;
    private final Limits limits;

    /**
     * How much is done in one transaction.
     *
     * @param changes rows of the view that are taken note of
     * @param resources that are looked at
     * @param hours of a resource's life
     * @param slices after which no further resource is begun
     */
    public record Limits(int changes, int resources, int hours, int slices) {
        /** Short transactions, of a few thousand rows. */
        public static final Limits ORDINARY = new Limits(1_000, 500, 1_000, 2_000);
    }

    /**
     * What came of a look.
     *
     * @param made slices that are new
     * @param more whether there may be more to do at once
     */
    public record Look(int made, boolean more) {}

    private record Standing(long position, long counted, Instant now) {}

    private record Due(String resource, Instant fedTo) {}

    public UsageFeed(DataSource source, Json json, Limits limits) {
        this.database = new Database(source);
        this.json = json;
        this.limits = limits;
    }

    /**
     * Takes note of what has changed, then makes the slices that are due.
     *
     * @return what came of it
     */
    public Look look(Instant now) {
        try {
            return database.transact(connection -> look(now, connection));
        } catch (StorageFailure e) {
            if (e.isLostRace()) return new Look(0, true);
            throw e;
        }
    }

    private Look look(Instant now, Connection connection) throws SQLException {
        // One picture of the view for all questions: it may change from one to the next.
        Database.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        var tx = new SqlTx(connection);
        var standing = standing(connection, now);
        boolean changed = noteChanges(standing, tx);
        ParkedUsage.note(standing.now(), tx);
        int counted = feedCounts(standing, tx);
        var look = feed(standing, tx);
        tx.flush();
        boolean more = changed || look.more() || counted == limits.changes();
        return new Look(look.made() + counted, more);
    }

    private static Standing standing(Connection connection, Instant now) throws SQLException {
        return Database.query(
                        connection,
                        """
                        UPDATE usage_feed SET looked_at = greatest(looked_at, ?)
                        RETURNING position, counted, looked_at""",
                        row ->
                                new Standing(
                                        row.getLong(1), row.getLong(2), Database.instant(row, 3)),
                        now)
                .getFirst();
    }

    private boolean noteChanges(Standing standing, SqlTx tx) throws SQLException {
        long after = standing.position();
        long reach =
                Database.query(
                                tx.connection(),
                                REACH,
                                row -> row.getLong("position"),
                                after,
                                limits.changes())
                        .getFirst();
        if (reach <= after) return false;
        Database.query(
                tx.connection(),
                CHANGED,
                row -> {
                    var open = open(row, "is_open", "has_facts");
                    var fed = Fed.changed(former(row), segment(row), open);
                    tx.update(
                            NOTE,
                            row.getString("resource"),
                            fed.to(),
                            open == null ? null : open.from(),
                            open == null ? 0 : open.facts(),
                            standing.now());
                    return true;
                },
                after,
                reach,
                reach);
        tx.update("UPDATE usage_feed SET position = ?", reach);
        return true;
    }

    /** What is counted is told as it comes, each report once; gives how many there were. */
    private int feedCounts(Standing standing, SqlTx tx) throws SQLException {
        var positions =
                Database.query(
                        tx.connection(),
                        COUNTED,
                        row -> {
                            SliceRow.insert(counted(row), standing.now(), tx, json);
                            return row.getLong("position");
                        },
                        standing.counted(),
                        limits.changes());
        if (positions.isEmpty()) return 0;
        tx.update("UPDATE usage_feed SET counted = ?", positions.getLast());
        return positions.size();
    }

    private Emission counted(ResultSet row) throws SQLException {
        var record =
                new Count.Record(
                        row.getString("tenant"),
                        row.getString("meter"),
                        row.getString("product"),
                        row.getString("resource"),
                        row.getString("deployment"),
                        Database.instant(row, row.findColumn("at")),
                        row.getLong("count"),
                        json.labels(row.getString("labels")));
        return Emission.of(row.getString("report"), record, row.getObject("event_id", UUID.class));
    }

    private static @Nullable Fed former(ResultSet row) throws SQLException {
        var to = instant(row, "fed_to");
        return to == null ? null : new Fed(to, open(row, "was_open", "had_facts"));
    }

    private static Fed.@Nullable Open open(ResultSet row, String from, String facts)
            throws SQLException {
        var begin = instant(row, from);
        return begin == null ? null : new Fed.Open(begin, row.getInt(facts));
    }

    private Look feed(Standing standing, SqlTx tx) throws SQLException {
        var due =
                Database.query(
                        tx.connection(),
                        DUE,
                        row -> new Due(row.getString(1), Database.instant(row, 2)),
                        standing.now(),
                        limits.resources());
        int made = 0;
        boolean more = due.size() == limits.resources();
        for (var each : due) {
            if (made >= limits.slices()) return new Look(made, true);
            var window = Window.from(each.fedTo(), limits.hours(), standing.now());
            more |= !window.isLast();
            made += feed(each.resource(), window, tx);
        }
        return new Look(made, more);
    }

    /** Gives the number of slices that were made. */
    private int feed(String resource, Window window, SqlTx tx) throws SQLException {
        var segments =
                Database.query(
                        tx.connection(),
                        SEGMENTS,
                        this::segment,
                        resource,
                        window.from(),
                        window.to());
        var sent = sent(resource, window, tx.connection());
        var missing = Emissions.missing(resource, segments, sent, window);
        var now = window.now();
        for (var slice : missing) SliceRow.insert(slice, now, tx, json);
        tx.update(DONE, window.next(), !window.isLast(), now, now, window.to(), resource);
        return missing.size();
    }

    private List<Emission> sent(String resource, Window window, Connection connection)
            throws SQLException {
        return Database.query(
                connection,
                SENT,
                row -> SliceRow.emission(row, json),
                resource,
                window.from(),
                window.to());
    }

    private Segment segment(ResultSet row) throws SQLException {
        return new Segment(
                Database.instant(row, row.findColumn("from_at")),
                instant(row, "to_at"),
                json.read(row.getString("status"), Status.class),
                List.of((UUID[]) row.getArray("events").getArray()));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    }
}
