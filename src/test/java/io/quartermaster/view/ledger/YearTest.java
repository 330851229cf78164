package io.quartermaster.view.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import io.quartermaster.app.Domain;
import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projections;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A year of 200 tenants, 2,000 machines and 5,000 volumes in the books, against a naive program
 * that knows nothing of them.
 */
class YearTest {
    private static final long SEED = 2026;
    private static final int BATCH = 500;
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final RandomYear YEAR = new RandomYear(SEED, 200, 2_000, 5_000);
    private static final DataSource SOURCE = TestPostgres.freshDatabase();
    private static final Json JSON = new Json(Domain.codec());
    private static final String CHECKPOINT =
            """
            INSERT INTO checkpoint (
              subscriber, first_slice, last_slice, position, epoch, acts_after)
            VALUES (?, 0, 255, ?, 0, 0)""";
    private static Connection connection;

    @BeforeAll
    static void keepTheBooks() throws Exception {
        connection = SOURCE.getConnection();
        connection.setAutoCommit(false);
        var projections =
                new Projections(
                        new Database(SOURCE), List.of(new Books(JSON)), InstantSource.system());
        var subscription = projections.subscriptions().getFirst();
        var books = (Subscription.Pure) subscription.handler();
        var log = YEAR.log.read(0, Integer.MAX_VALUE);
        var closing = Duration.ZERO;
        var metering = Duration.ZERO;
        for (int from = 0; from < log.size(); ) {
            int to = endOfBatch(log, from);
            var time = project(books, log.subList(from, to));
            if (isClosing(log.get(from))) closing = closing.plus(time);
            else metering = metering.plus(time);
            from = to;
        }
        long facts = log.stream().filter(each -> !isClosing(each)).count();
        Database.update(connection, CHECKPOINT, subscription.name(), log.size());
        connection.commit();
        System.out.printf(
                "year %d: %d facts in %d ms, %d months of 200 tenants closed in %d ms%n",
                SEED, facts, metering.toMillis(), RandomYear.MONTHS, closing.toMillis());
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    private static boolean isClosing(Envelope<?> envelope) {
        return envelope.event() instanceof AccountEvent.PeriodClosed;
    }

    /** Closings and other events are measured apart. */
    private static int endOfBatch(List<Envelope<?>> log, int from) {
        int to = from + 1;
        while (to < log.size()
                && to - from < BATCH
                && isClosing(log.get(to)) == isClosing(log.get(from))) to++;
        return to;
    }

    private static Duration project(Subscription.Pure books, List<Envelope<?>> events)
            throws Exception {
        long begin = System.nanoTime();
        var tx = new SqlTx(connection);
        books.entering(tx);
        for (var envelope : events) books.handle(envelope, tx);
        tx.flush();
        connection.commit();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void every_invoice_is_the_sum_of_its_lines() throws SQLException {
        var sql =
                """
                SELECT invoice.id FROM invoice LEFT JOIN ledger_line line ON line.invoice = invoice.id
                GROUP BY invoice.id, total, invoice.lines
                HAVING total <> coalesce(sum(amount), 0) OR invoice.lines <> count(line.id)""";
        assertEquals(List.of(), Database.query(connection, sql, row -> row.getString(1)));
        var count = "SELECT count(*) FROM invoice";
        assertEquals(
                List.of(200 * RandomYear.MONTHS),
                Database.query(connection, count, row -> row.getInt(1)));
    }

    @Test
    void what_was_booked_for_each_tenant_and_month_is_what_the_naive_program_says()
            throws SQLException {
        var booked = new TreeMap<String, NaiveYear.Sum>();
        var sql =
                """
                SELECT line.tenant, meter, terms->>'timeZone' AS zone,
                  date_trunc('month', from_at AT TIME ZONE (terms->>'timeZone'))::date::text AS month,
                  sum(units) AS units, sum(amount) AS amount
                FROM ledger_line line JOIN account ON account.tenant = line.tenant
                WHERE kind IN ('USAGE', 'ADJUSTMENT')
                GROUP BY 1, 2, 3, 4""";
        Database.query(
                connection,
                sql,
                row -> {
                    var month = YearMonth.parse(row.getString("month").substring(0, 7));
                    var zone = ZoneId.of(row.getString("zone"));
                    var units = row.getBigDecimal("units");
                    boolean isStorage = row.getString("meter").equals("storage");
                    var quantity = isStorage ? units.multiply(gibMonth(month, zone)) : units;
                    return booked.put(
                            row.getString("tenant") + " " + row.getString("meter") + " " + month,
                            new NaiveYear.Sum(
                                    quantity.setScale(0, RoundingMode.HALF_UP).toBigInteger(),
                                    row.getBigDecimal("amount")));
                });
        booked.values().removeIf(sum -> sum.quantity().signum() == 0);
        assertEquals(new NaiveYear(YEAR).sums, booked);
    }

    private static BigDecimal gibMonth(YearMonth month, ZoneId zone) {
        var from = RandomYear.begin(month, zone);
        var to = RandomYear.begin(month.plusMonths(1), zone);
        return GIB.multiply(BigDecimal.valueOf(Duration.between(from, to).toSeconds()));
    }

    @Test
    void what_came_late_was_adjusted() throws SQLException {
        var sql = "SELECT count(*) FROM ledger_line WHERE kind = 'ADJUSTMENT'";
        assertTrue(Database.query(connection, sql, row -> row.getInt(1)).getFirst() > 100);
    }

    @Test
    void the_books_are_found_to_follow_from_the_log() {
        var report = new Verification(SOURCE, YEAR.log, JSON).run();
        assertEquals(List.of(), report.differences());
        assertEquals(200 * RandomYear.MONTHS, report.rows().getOrDefault("invoice", 0L));
    }
}
