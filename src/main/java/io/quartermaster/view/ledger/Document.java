package io.quartermaster.view.ledger;

import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice or a credit note with its lines, on its way into the books.
 *
 * @param takesBack the invoice that a credit note is about, absent for an invoice
 */
record Document(
        String id,
        AccountRow account,
        Month period,
        Sums sums,
        List<LedgerRow> rows,
        @Nullable String takesBack) {

    private static final String INSERT =
            """
            INSERT INTO invoice (
              id, tenant, issuer, from_at, to_at, currency, net, tax, total, lines, unpriced,
              digest, closed_at, position, takes_back, rebilled)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)""";

    /** What its lines come to. */
    record Sums(BigDecimal net, BigDecimal tax, BigDecimal total) {
        Sums negate() {
            return new Sums(net.negate(), tax.negate(), total.negate());
        }
    }

    void insert(Envelope<?> envelope, SqlTx tx, Json json) throws SQLException {
        for (var row : rows) row.insert(tx, json);
        tx.update(
                INSERT,
                id,
                account.tenant(),
                account.terms().issuer(),
                period.from(),
                period.to(),
                account.terms().currency(),
                sums.net(),
                sums.tax(),
                sums.total(),
                rows.size(),
                (int) rows.stream().filter(row -> row.line().amount() == null).count(),
                digest(),
                envelope.effectiveAt(),
                envelope.position(),
                takesBack);
    }

    /** SHA-256 of the lines in their order, in hexadecimal digits. */
    private String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var row : rows) {
                sha.update(row.sealed().getBytes(StandardCharsets.UTF_8));
                sha.update((byte) '\n');
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
