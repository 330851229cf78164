package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's account as the books have it.
 *
 * @param openedAt when its terms were first defined
 * @param closedTo up to when its periods are closed, absent before the first one is
 * @param changedFrom the earliest instant of closed periods from which something came to light
 *     since; absent for nothing
 */
public record AccountRow(
        String tenant,
        Terms terms,
        Instant openedAt,
        @Nullable Instant closedTo,
        @Nullable Instant changedFrom) {

    /** The account of a tenant, if it has one. */
    public static Optional<AccountRow> find(Connection connection, Json json, String tenant)
            throws SQLException {
        var sql = "SELECT * FROM account WHERE tenant = ?";
        return Database.query(connection, sql, row -> read(row, json), tenant).stream().findFirst();
    }

    static AccountRow read(ResultSet row, Json json) throws SQLException {
        return new AccountRow(
                row.getString("tenant"),
                json.read(row.getString("terms"), Terms.class),
                Database.instant(row, row.findColumn("opened_at")),
                instant(row, "closed_to"),
                instant(row, "changed_from"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        int number = row.findColumn(column);
        return row.getObject(number) == null ? null : Database.instant(row, number);
    }

    /** The period that is closed next. */
    public Month open() {
        return terms.period(openedAt, closedTo);
    }
}
