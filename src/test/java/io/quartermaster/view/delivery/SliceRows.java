package io.quartermaster.view.delivery;

import io.quartermaster.app.Domain;
import io.quartermaster.billing.usage.Emission;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.view.Json;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Slices to be sent, for tests that have no use for what they come from. */
public final class SliceRows {
    public static final Instant HOUR = Instant.parse("2026-01-01T10:00:00Z");

    private SliceRows() {}

    public static Json json() {
        return new Json(Domain.codec());
    }

    /** An hour of a machine. */
    public static Emission hour(int number) {
        return hour(number, Map.of("env", "prod"));
    }

    public static Emission hour(int number, Map<String, String> labels) {
        return of("machine/m" + number % 3, "acme", number, labels);
    }

    public static Emission of(
            String resource, String tenant, int number, Map<String, String> labels) {
        var from = HOUR.plusSeconds(3600L * number);
        return new Emission(
                resource,
                Meter.of(resource),
                new Emission.About(tenant, "large", "web", Phase.RUNNING, labels),
                from,
                from.plusSeconds(3600),
                1,
                BigInteger.valueOf(3600),
                List.of(new UUID(5, number)));
    }

    public static void insert(DataSource source, List<Emission> slices) {
        new Database(source)
                .transact(
                        connection -> {
                            var tx = new SqlTx(connection);
                            for (var each : slices) SliceRow.insert(each, each.to(), tx, json());
                            tx.flush();
                            return slices.size();
                        });
    }

    /** The ids of all slices, in the order of sending. */
    public static List<String> ids(DataSource source) {
        return new Database(source)
                .query("SELECT id::text FROM usage_slice ORDER BY seq", row -> row.getString(1));
    }
}
