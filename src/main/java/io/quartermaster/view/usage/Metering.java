package io.quartermaster.view.usage;

import io.quartermaster.billing.usage.Change;
import io.quartermaster.billing.usage.Count;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Timeline;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import io.quartermaster.view.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every fact of a machine or volume, the segments that they fold to, and what was counted. A fact
 * that comes late changes the segments from its instant on and nothing else.
 */
public final class Metering {
    private static final String ADD =
            """
            INSERT INTO usage_fact (resource, at, version, event_id, change)
            VALUES (?, ?, ?, ?, ?::jsonb)""";
    private static final String LAST =
            """
            SELECT last.*, (SELECT max(at) FROM usage_fact WHERE resource = ?) AS newest_fact
            FROM (SELECT) nothing LEFT JOIN LATERAL (
              SELECT * FROM usage_segment WHERE resource = ? ORDER BY from_at DESC LIMIT 1
            ) last ON true""";
    private static final String FORMER =
            """
            SELECT * FROM usage_segment WHERE resource = ? AND from_at < ?
            ORDER BY from_at DESC LIMIT 1""";
    private static final String OWNERS_FROM =
            "SELECT DISTINCT tenant FROM usage_segment WHERE resource = ? AND from_at >= ?";
    private static final String FACTS_FROM =
            """
            SELECT at, version, event_id, change FROM usage_fact
            WHERE resource = ? AND at >= ? ORDER BY at, version""";
    private static final String CLEAR =
            "DELETE FROM usage_segment WHERE resource = ? AND from_at >= ?";
    private static final String WRITE =
            """
            INSERT INTO usage_segment (
              resource, from_at, to_at, tenant, present, status, events, position)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::uuid[], ?)
            ON CONFLICT (resource, from_at) DO UPDATE
            SET to_at = excluded.to_at, position = excluded.position""";
    private static final String COUNT =
            """
            INSERT INTO usage_count (
              event_id, report, tenant, meter, product, resource, deployment, labels, at, count,
              position)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)""";

    /** Before its first event there is nothing to ask for. */
    private static final End NOTHING = new End(null, null);

    private final Json json;

    public Metering(Json json) {
        this.json = json;
    }

    /**
     * Takes in a fact.
     *
     * @return the tenants for whom something may have changed from the fact's instant on
     */
    public Set<String> add(Envelope<?> envelope, Fact fact, SqlTx tx) throws SQLException {
        var resource = envelope.stream();
        var end = envelope.version() == 1 ? NOTHING : end(envelope, tx);
        tx.updateOf(
                resource,
                ADD,
                resource,
                fact.at(),
                fact.version(),
                fact.eventId(),
                json.write(fact.change()));
        return end.isBefore(fact.at())
                ? write(envelope, end.segment(), List.of(fact), tx)
                : fold(envelope, fact, tx);
    }

    /**
     * Where a resource's history ends so far.
     *
     * @param newest fact, also one that changed nothing: it may, after an earlier one came to light
     */
    private record End(@Nullable Segment segment, @Nullable Instant newest) {
        boolean isBefore(Instant at) {
            return newest == null || newest.isBefore(at);
        }
    }

    private End end(Envelope<?> envelope, SqlTx tx) throws SQLException {
        var resource = envelope.stream();
        return Database.query(tx.connectionFor(resource), LAST, this::end, resource, resource)
                .getFirst();
    }

    private End end(ResultSet row) throws SQLException {
        var segment =
                row.getObject("from_at") == null ? null : SegmentRow.read(row, json).segment();
        boolean isFirst = row.getObject("newest_fact") == null;
        return new End(
                segment, isFirst ? null : Database.instant(row, row.findColumn("newest_fact")));
    }

    /** Folds again what the fact comes before. */
    private Set<String> fold(Envelope<?> envelope, Fact late, SqlTx tx) throws SQLException {
        var resource = envelope.stream();
        var connection = tx.connectionFor(resource);
        var former = former(connection, resource, late.at());
        var owners =
                Database.query(
                        connection, OWNERS_FROM, row -> row.getString(1), resource, late.at());
        var facts = Database.query(connection, FACTS_FROM, this::fact, resource, late.at());
        tx.updateOf(resource, CLEAR, resource, late.at());
        var touched = write(envelope, former, facts, tx);
        touched.addAll(owners);
        return touched;
    }

    private @Nullable Segment former(Connection connection, StreamId resource, Instant at)
            throws SQLException {
        return Database.query(connection, FORMER, row -> SegmentRow.read(row, json), resource, at)
                .stream()
                .findFirst()
                .map(SegmentRow::segment)
                .orElse(null);
    }

    private Fact fact(ResultSet row) throws SQLException {
        return new Fact(
                row.getObject(3, UUID.class),
                Database.instant(row, 1),
                row.getLong(2),
                json.read(row.getString(4), Change.class));
    }

    private Set<String> write(
            Envelope<?> envelope, @Nullable Segment former, Collection<Fact> facts, SqlTx tx)
            throws SQLException {
        var owners = new TreeSet<String>();
        for (var segment : Timeline.after(former, facts)) {
            owners.add(segment.status().tenant());
            tx.updateOf(
                    envelope.stream(),
                    WRITE,
                    envelope.stream(),
                    segment.from(),
                    segment.to(),
                    segment.status().tenant(),
                    segment.status().phase() != Phase.ABSENT,
                    json.write(segment.status()),
                    segment.events().stream().map(UUID::toString).toArray(String[]::new),
                    envelope.position());
        }
        return owners;
    }

    /** Takes in what was counted. */
    public void count(Envelope<?> envelope, Count.Record record, SqlTx tx) throws SQLException {
        tx.updateOf(
                envelope.stream(),
                COUNT,
                envelope.eventId(),
                envelope.stream(),
                record.tenant(),
                record.meter(),
                record.product(),
                record.resource(),
                record.group(),
                json.write(record.labels()),
                record.at(),
                record.count(),
                envelope.position());
    }

    /** The statements that create its tables. */
    public static List<String> tables() {
        return UsageTables.STATEMENTS;
    }
}
