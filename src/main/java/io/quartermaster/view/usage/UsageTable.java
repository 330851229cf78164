package io.quartermaster.view.usage;

import io.quartermaster.billing.usage.Change;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Facts;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Timeline;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The metering: every fact of a machine or volume, and the segments that they fold to. A fact that
 * comes late changes the segments from its instant on and nothing else.
 */
public final class UsageTable implements Projection {
    private static final String ADD =
            """
            INSERT INTO usage_fact (resource, at, version, event_id, change)
            VALUES (?, ?, ?, ?, ?::jsonb)""";
    private static final String FORMER =
            """
            SELECT * FROM usage_segment WHERE resource = ? AND from_at < ?
            ORDER BY from_at DESC LIMIT 1""";
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

    private final Json json;

    public UsageTable(Json json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "usage-table";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Facts.ROOTS;
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        var fact = Facts.of(envelope);
        if (fact.isPresent()) add(envelope, fact.get(), tx);
    }

    private void add(Envelope<?> envelope, Fact fact, SqlTx tx) throws SQLException {
        var resource = envelope.stream().toString();
        tx.update(
                ADD,
                resource,
                fact.at(),
                fact.version(),
                fact.eventId(),
                json.write(fact.change()));
        var connection = tx.connection();
        var former =
                Database.query(
                                connection,
                                FORMER,
                                row -> SegmentRow.read(row, json),
                                resource,
                                fact.at())
                        .stream()
                        .findFirst()
                        .map(SegmentRow::segment);
        var facts = Database.query(connection, FACTS_FROM, this::fact, resource, fact.at());
        tx.update(CLEAR, resource, fact.at());
        for (var segment : Timeline.after(former.orElse(null), facts)) {
            write(envelope, segment, tx);
        }
    }

    private Fact fact(ResultSet row) throws SQLException {
        return new Fact(
                row.getObject(3, UUID.class),
                Database.instant(row, 1),
                row.getLong(2),
                json.read(row.getString(4), Change.class));
    }

    private void write(Envelope<?> envelope, Segment segment, SqlTx tx) throws SQLException {
        tx.update(
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

    @Override
    public List<String> tables() {
        return List.of(
                """
                CREATE TABLE usage_fact (
                  resource text NOT NULL,
                  at timestamptz NOT NULL,
                  version bigint NOT NULL,
                  event_id uuid NOT NULL,
                  change jsonb NOT NULL,
                  CONSTRAINT a_fact_counts_once PRIMARY KEY (resource, at, version)
                )""",
                """
                CREATE TABLE usage_segment (
                  resource text NOT NULL,
                  from_at timestamptz NOT NULL,
                  to_at timestamptz,
                  tenant text NOT NULL,
                  present boolean NOT NULL,
                  status jsonb NOT NULL,
                  events uuid[] NOT NULL,
                  position bigint NOT NULL,
                  CONSTRAINT a_segment_begins_once PRIMARY KEY (resource, from_at),
                  CONSTRAINT a_segment_ends_after_it_begins CHECK (to_at > from_at)
                )""",
                """
                CREATE INDEX usage_of_a_tenant ON usage_segment (tenant, from_at) WHERE present""",
                """
                CREATE INDEX what_changed_since ON usage_segment (position)""");
    }
}
