package io.quartermaster.view.ledger;

import io.quartermaster.engine.Database;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An invoice or a credit note without its lines.
 *
 * @param number absent until its issuer has given it one; one without lines never gets one
 * @param digest SHA-256 of its lines
 * @param sealed the digest that was recorded when it was issued, absent before
 * @param takesBack the invoice that a credit note is about, absent for an invoice
 * @param voidedBy the credit note that took it back, absent for a valid one
 */
public record InvoiceRow(
        String id,
        String tenant,
        String issuer,
        @Nullable Long number,
        Instant from,
        Instant to,
        String currency,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal total,
        int lines,
        int unpriced,
        String digest,
        @Nullable String sealed,
        Instant closedAt,
        long position,
        @Nullable String takesBack,
        @Nullable String voidedBy) {

    static Optional<InvoiceRow> find(Connection connection, String id) throws SQLException {
        var sql = "SELECT * FROM invoice WHERE id = ?";
        return Database.query(connection, sql, InvoiceRow::read, id).stream().findFirst();
    }

    static InvoiceRow read(ResultSet row) throws SQLException {
        return new InvoiceRow(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("issuer"),
                row.getObject("number", Long.class),
                Database.instant(row, row.findColumn("from_at")),
                Database.instant(row, row.findColumn("to_at")),
                row.getString("currency"),
                row.getBigDecimal("net"),
                row.getBigDecimal("tax"),
                row.getBigDecimal("total"),
                row.getInt("lines"),
                row.getInt("unpriced"),
                row.getString("digest"),
                row.getString("sealed"),
                Database.instant(row, row.findColumn("closed_at")),
                row.getLong("position"),
                row.getString("takes_back"),
                row.getString("voided_by"));
    }

    /** {@code closed} until it is issued, then {@code finalised}, then perhaps {@code voided}. */
    public String state() {
        if (voidedBy != null) return "voided";
        return number == null ? "closed" : "finalised";
    }

    /** The number as it stands on paper: {@code default-000042}. */
    public @Nullable String numberText() {
        return number == null ? null : "%s-%06d".formatted(issuer, number);
    }
}
