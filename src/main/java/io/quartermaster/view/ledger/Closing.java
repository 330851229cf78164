package io.quartermaster.view.ledger;

import io.quartermaster.billing.invoice.Adjustments;
import io.quartermaster.billing.invoice.Credit;
import io.quartermaster.billing.invoice.Entry;
import io.quartermaster.billing.invoice.Invoice;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.billing.price.Rating;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import io.quartermaster.view.usage.Usage;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes an account's invoice for its open period from what the tables of a connection say, and
 * writes nothing.
 */
public final class Closing {
    private static final String PRICES =
            "SELECT book, version, price FROM price WHERE book = ? ORDER BY version";
    private static final String CREDITS =
            """
            SELECT id, remaining FROM credit WHERE tenant = ? AND remaining <> 0
            ORDER BY position""";
    private static final String CLOSED =
            """
            SELECT from_at, to_at, rounding FROM period
            WHERE tenant = ? AND to_at > ? AND from_at < ? ORDER BY from_at""";
    private static final String FIRST = "SELECT min(from_at) FROM period WHERE tenant = ?";
    private static final String EARLIEST =
            """
            SELECT least(
              (SELECT min(from_at) FROM usage_segment WHERE present AND tenant = ?),
              (SELECT min(at) FROM usage_count WHERE tenant = ?))""";

    private final Connection connection;
    private final Json json;
    private final AccountRow account;
    private final Prices prices;

    /**
     * @param account of which the connection sees the usage, the prices and the ledger
     */
    public Closing(Connection connection, Json json, AccountRow account) throws SQLException {
        this.connection = connection;
        this.json = json;
        this.account = account;
        this.prices =
                new Prices(
                                book(account.tenant()),
                                book(Prices.DEFAULT),
                                ClassMinimums.read(connection))
                        .in(account.terms().currency());
    }

    private List<Published> book(String name) throws SQLException {
        return Database.query(
                connection,
                PRICES,
                row ->
                        new Published(
                                row.getString(1),
                                row.getInt(2),
                                json.read(row.getString(3), Price.class)),
                name);
    }

    /** A month of which something is booked: later changes of the terms do not concern it. */
    private record Closed(Month month, RoundingMode rounding) {}

    /**
     * The invoice of a period: what was used in it, and what came to light of earlier ones.
     *
     * @param until up to when usage counts; the period's end, or now while it lasts
     */
    public Invoice invoice(Month period, Instant until) throws SQLException {
        var used = new ArrayList<Entry>();
        var rounding = account.terms().rounding();
        for (var line : lines(period, until, rounding)) used.add(new Entry(line, null));
        for (var month : beforeTheFirst(period)) used.addAll(adjusted(month, rounding));
        for (var closed : changed(period)) used.addAll(adjusted(closed.month(), closed.rounding()));
        var credits =
                Database.query(
                        connection,
                        CREDITS,
                        row -> new Credit(row.getString(1), row.getBigDecimal(2)),
                        account.tenant());
        return Invoice.of(period, account.terms(), used, credits);
    }

    private List<Entry> adjusted(Month month, RoundingMode rounding) throws SQLException {
        var booked = LedgerRow.booked(connection, json, account.tenant(), month);
        return Adjustments.of(lines(month, month.to(), rounding), booked);
    }

    private List<Line> lines(Month period, Instant until, RoundingMode rounding)
            throws SQLException {
        var end = until.isBefore(period.to()) ? until : period.to();
        if (!end.isAfter(period.from())) return List.of();
        var slices = Usage.all(connection, json, account.tenant(), period.from(), end);
        var summed =
                Meter.summed(
                        slices,
                        (meter, product) ->
                                prices.changes(meter, product, period.from(), period.to()),
                        period.from(),
                        end);
        return Rating.rate(summed, prices, period, rounding);
    }

    /** The closed periods of which something may be known that was not booked. */
    private List<Closed> changed(Month period) throws SQLException {
        if (account.changedFrom() == null) return List.of();
        return Database.query(
                connection,
                CLOSED,
                row ->
                        new Closed(
                                new Month(Database.instant(row, 1), Database.instant(row, 2)),
                                RoundingMode.valueOf(row.getString(3))),
                account.tenant(),
                account.changedFrom(),
                period.from());
    }

    /**
     * Months before all that are closed in which something was used: they are billed with a period,
     * and closed with it.
     */
    List<Month> beforeTheFirst(Month period) throws SQLException {
        var first = instant(FIRST, account.tenant());
        var end = first == null ? period.from() : first;
        var changed = account.closedTo() == null ? Instant.MIN : account.changedFrom();
        if (changed == null || !changed.isBefore(end)) return List.of();
        var earliest = earliest();
        var months = new ArrayList<Month>();
        while (earliest != null && earliest.isBefore(end)) {
            var month = account.terms().before(end);
            months.add(month);
            end = month.from();
        }
        return months.reversed();
    }

    private @Nullable Instant earliest() throws SQLException {
        return instant(EARLIEST, account.tenant(), account.tenant());
    }

    private @Nullable Instant instant(String sql, Object... values) throws SQLException {
        return Database.query(
                        connection,
                        sql,
                        row -> row.getObject(1) == null ? Instant.MAX : Database.instant(row, 1),
                        values)
                .stream()
                .filter(found -> !found.equals(Instant.MAX))
                .findFirst()
                .orElse(null);
    }
}
