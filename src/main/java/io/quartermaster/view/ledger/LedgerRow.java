package io.quartermaster.view.ledger;

import io.quartermaster.billing.invoice.Booked;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.About;
import io.quartermaster.billing.price.Line.Explanation;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.view.Json;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line as it stands in the ledger.
 *
 * @param ordinal its place on its invoice, from 1
 * @param corrects the line that it is about, absent where there is none
 */
public record LedgerRow(
        UUID id, String invoice, int ordinal, String tenant, Line line, @Nullable UUID corrects) {

    private static final String INSERT =
            """
            INSERT INTO ledger_line (
              id, invoice, ordinal, tenant, kind, resource, meter, product, deployment, labels,
              from_at, to_at, units, unit, exact, amount, currency, book, version, corrects,
              events, steps)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid[], ?)""";

    /** What was voided to be billed anew does not count, and neither does what took it back. */
    private static final String BOOKED =
            """
            SELECT line.* FROM ledger_line line JOIN invoice ON invoice.id = line.invoice
            WHERE line.tenant = ? AND line.from_at >= ? AND line.from_at < ?
              AND line.kind IN ('USAGE', 'UNPRICED', 'ADJUSTMENT')
              AND invoice.takes_back IS NULL AND NOT invoice.rebilled
            ORDER BY invoice.position, line.ordinal""";

    static LedgerRow read(ResultSet row, Json json) throws SQLException {
        return new LedgerRow(
                row.getObject("id", UUID.class),
                row.getString("invoice"),
                row.getInt("ordinal"),
                row.getString("tenant"),
                line(row, json),
                row.getObject("corrects", UUID.class));
    }

    private static Line line(ResultSet row, Json json) throws SQLException {
        return new Line(
                Kind.valueOf(row.getString("kind")),
                new About(
                        row.getString("resource"),
                        row.getString("meter"),
                        row.getString("product"),
                        row.getString("deployment"),
                        json.labels(row.getString("labels"))),
                Database.instant(row, row.findColumn("from_at")),
                Database.instant(row, row.findColumn("to_at")),
                row.getBigDecimal("units"),
                row.getString("unit"),
                row.getBigDecimal("exact"),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getString("book"),
                row.getInt("version"),
                new Explanation(
                        Arrays.asList((UUID[]) elements(row.getArray("events"))),
                        Arrays.asList((String[]) elements(row.getArray("steps")))));
    }

    private static Object elements(Array array) throws SQLException {
        return array.getArray();
    }

    /** The lines of a document, in their order. */
    static List<LedgerRow> of(Connection connection, Json json, String invoice)
            throws SQLException {
        var sql = "SELECT * FROM ledger_line WHERE invoice = ? ORDER BY ordinal";
        return Database.query(connection, sql, row -> read(row, json), invoice);
    }

    /** What counts as booked of a period. */
    static List<Booked> booked(Connection connection, Json json, String tenant, Month period)
            throws SQLException {
        return Database.query(
                connection,
                BOOKED,
                row -> new Booked(row.getObject("id", UUID.class), line(row, json)),
                tenant,
                period.from(),
                period.to());
    }

    void insert(SqlTx tx, Json json) throws SQLException {
        tx.update(
                INSERT,
                id,
                invoice,
                ordinal,
                tenant,
                line.kind().name(),
                line.about().resource(),
                line.about().meter(),
                line.about().product(),
                line.about().group(),
                json.write(line.about().labels()),
                line.from(),
                line.to(),
                line.units(),
                line.unit(),
                line.exact(),
                line.amount(),
                line.currency(),
                line.book(),
                line.version(),
                corrects,
                line.explanation().events().stream().map(UUID::toString).toArray(String[]::new),
                line.explanation().steps().toArray(String[]::new));
    }

    /** What its invoice is sealed by. */
    String sealed() {
        return String.join(
                "|",
                Integer.toString(ordinal),
                id.toString(),
                line.kind().name(),
                line.units().toPlainString(),
                line.amount() == null ? "" : line.amount().toPlainString());
    }
}
