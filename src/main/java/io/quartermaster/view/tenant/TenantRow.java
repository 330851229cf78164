package io.quartermaster.view.tenant;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.tenant.Tenant.Cause;
import io.quartermaster.tenant.Tenant.Level;
import io.quartermaster.tenant.TenantSpec;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is.
 *
 * @param standing {@code active}, {@code no-machines}, {@code nothing-more} or {@code closed}
 * @param machines that its deployments want
 * @param storageBytes that the volumes which it asked for have; the largest number stands for more
 * @param closedAt absent while it is not closed
 * @param version of its stream
 */
public record TenantRow(
        String name,
        TenantSpec spec,
        Terms terms,
        String standing,
        List<Restriction> restrictions,
        long machines,
        long storageBytes,
        @Nullable Instant closedAt,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** What a cause allows no more, and why. */
    public record Restriction(Cause cause, Level level, String reason, Instant since) {}

    static TenantRow read(Row row) throws SQLException {
        return new TenantRow(
                row.text("name"),
                row.json("spec", TenantSpec.class),
                row.json("terms", Terms.class),
                row.text("standing"),
                restrictions(row.json("restrictions", Map.class)),
                row.number("machines"),
                row.number("storage"),
                row.maybeInstant("closed_at"),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    private static List<Restriction> restrictions(Map<?, ?> byCause) {
        return Arrays.stream(Cause.values())
                .flatMap(
                        cause ->
                                byCause.get(cause.name()) instanceof Map<?, ?> stored
                                        ? Stream.of(restriction(cause, stored))
                                        : Stream.empty())
                .toList();
    }

    private static Restriction restriction(Cause cause, Map<?, ?> stored) {
        return new Restriction(
                cause,
                Level.valueOf(String.valueOf(stored.get("level"))),
                String.valueOf(stored.get("reason")),
                Instant.parse(String.valueOf(stored.get("since"))));
    }
}
