package io.quartermaster.view.delivery;

import io.quartermaster.billing.delivery.UsageRecord;
import io.quartermaster.billing.usage.Emission;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.view.Json;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A slice that is sent, as it is stored. */
final class SliceRow {

    /** Its columns, for a query in which the table is called {@code s}. */
    static final String COLUMNS =
            """
            s.seq, s.id, s.resource, s.meter, s.tenant, s.product, s.deployment, s.phase, s.labels, s.from_at,
            s.to_at, s.revision, s.quantity, s.events, s.made_at""";

    /** Within which the ids of slices are derived; to change it is to send everything anew. */
    private static final UUID NAMESPACE = UUID.fromString("3d1f7a52-8f0b-5c5e-9a07-4f2b6f0e6c11");

    private static final String INSERT =
            """
            INSERT INTO usage_slice (
              id, resource, meter, tenant, product, deployment, phase, labels, from_at, to_at,
              revision, quantity, events, made_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::uuid[], ?)""";

    private SliceRow() {}

    static void insert(Emission slice, Instant madeAt, SqlTx tx, Json json) {
        var about = slice.about();
        tx.update(
                INSERT,
                Ids.derive(NAMESPACE, slice.name()),
                slice.resource(),
                slice.meter(),
                about.tenant(),
                about.product(),
                about.group(),
                about.phase().name().toLowerCase(Locale.ROOT),
                json.write(about.labels()),
                slice.from(),
                slice.to(),
                slice.revision(),
                new BigDecimal(slice.quantity()),
                slice.events().stream().map(UUID::toString).toArray(String[]::new),
                madeAt);
    }

    static UsageRecord read(ResultSet row, Json json) throws SQLException {
        return new UsageRecord(
                row.getLong("seq"),
                row.getObject("id", UUID.class),
                emission(row, json),
                Database.instant(row, row.findColumn("made_at")));
    }

    static Emission emission(ResultSet row, Json json) throws SQLException {
        return new Emission(
                row.getString("resource"),
                row.getString("meter"),
                new Emission.About(
                        row.getString("tenant"),
                        row.getString("product"),
                        row.getString("deployment"),
                        Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
                        json.labels(row.getString("labels"))),
                Database.instant(row, row.findColumn("from_at")),
                Database.instant(row, row.findColumn("to_at")),
                row.getInt("revision"),
                row.getBigDecimal("quantity").toBigIntegerExact(),
                List.of((UUID[]) row.getArray("events").getArray()));
    }
}
