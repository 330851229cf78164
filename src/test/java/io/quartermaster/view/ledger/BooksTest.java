package io.quartermaster.view.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.TestPostgres;
import io.quartermaster.app.Domain;
import io.quartermaster.billing.invoice.Credit;
import io.quartermaster.billing.price.Line;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The books on PostgreSQL say what {@link MemoryBooks} say, row by row, ids included: short cuts,
 * batches and interruptions make no difference. A failing seed is named and replays.
 */
class BooksTest {
    private static final int HISTORIES = 20;
    private static final Json JSON = new Json(Domain.codec());
    private static Connection connection;
    private final Books books = new Books(JSON);

    @BeforeAll
    static void connect() throws SQLException {
        connection = TestPostgres.emptyDatabase().getConnection();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    /** Tables of their own. */
    private void prepare(String schema) throws SQLException {
        connection.setAutoCommit(true);
        Database.update(connection, "CREATE SCHEMA " + schema);
        Database.update(connection, "SET search_path TO " + schema);
        for (var table : books.tables()) Database.update(connection, table);
        connection.setAutoCommit(false);
    }

    /** In batches, of which some are lost before they are committed and come again. */
    private void project(List<Envelope<?>> log, Random random) throws SQLException {
        for (int from = 0; from < log.size(); ) {
            int to = Math.min(log.size(), from + 1 + random.nextInt(20));
            var tx = new SqlTx(connection);
            for (var envelope : log.subList(from, to)) books.apply(envelope, tx);
            tx.flush();
            if (random.nextInt(5) == 0) {
                connection.rollback();
            } else {
                connection.commit();
                from = to;
            }
        }
    }

    private void check(PaidHistory history, String schema) throws SQLException {
        prepare(schema);
        project(history.log, history.random);
        var expected = MemoryBooks.of(history.log);
        assertEquals(documents(expected), documents());
        assertEquals(expected.ledger().map(BooksTest::plain).toList(), ledger());
        assertEquals(credits(expected), credits());
    }

    private static List<LedgerRow> ledger() throws SQLException {
        var sql =
                """
                SELECT line.* FROM ledger_line line JOIN invoice ON invoice.id = line.invoice
                ORDER BY invoice.position, line.ordinal""";
        return Database.query(connection, sql, row -> plain(LedgerRow.read(row, JSON)));
    }

    private static List<List<Object>> documents() throws SQLException {
        var sql = "SELECT * FROM invoice ORDER BY position";
        return Database.query(
                connection,
                sql,
                row -> {
                    var read = InvoiceRow.read(row);
                    return List.of(
                            read.id(),
                            read.tenant(),
                            read.from(),
                            read.to(),
                            List.of(read.net(), read.tax(), read.total()),
                            read.lines(),
                            String.valueOf(read.takesBack()),
                            String.valueOf(read.voidedBy()));
                });
    }

    private static List<List<Object>> documents(MemoryBooks books) {
        var documents = new ArrayList<List<Object>>();
        for (var each : books.documents.values()) {
            var sums = each.sums();
            documents.add(
                    List.of(
                            each.id(),
                            each.account().tenant(),
                            each.period().from(),
                            each.period().to(),
                            List.of(sums.net(), sums.tax(), sums.total()),
                            each.rows().size(),
                            String.valueOf(each.takesBack()),
                            String.valueOf(books.voidedBy(each.id()).orElse(null))));
        }
        return documents;
    }

    private static List<Credit> credits() throws SQLException {
        var sql = "SELECT id, remaining FROM credit ORDER BY tenant, position";
        return Database.query(
                connection, sql, row -> new Credit(row.getString(1), row.getBigDecimal(2)));
    }

    private static List<Credit> credits(MemoryBooks books) {
        return books.accounts.values().stream()
                .flatMap(account -> books.credits(account).stream())
                .toList();
    }

    /** With numbers and labels as they are compared: 2.50 is 2.5. */
    private static LedgerRow plain(LedgerRow row) {
        var line = row.line();
        var about = line.about();
        return new LedgerRow(
                row.id(),
                row.invoice(),
                row.ordinal(),
                row.tenant(),
                new Line(
                        line.kind(),
                        new Line.About(
                                about.resource(),
                                about.meter(),
                                about.product(),
                                about.group(),
                                new TreeMap<>(about.labels())),
                        line.from(),
                        line.to(),
                        line.units().stripTrailingZeros(),
                        line.unit(),
                        line.exact() == null ? null : line.exact().stripTrailingZeros(),
                        line.amount() == null ? null : new BigDecimal(line.amount().toString()),
                        line.currency(),
                        line.book(),
                        line.version(),
                        line.explanation()),
                row.corrects());
    }

    private interface Story {
        PaidHistory of(long seed);
    }

    private void check(Story story, String name) throws SQLException {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                check(story.of(seed), name + seed);
            } catch (AssertionError | RuntimeException | SQLException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    @Test
    void the_tables_say_what_all_facts_say_together() throws SQLException {
        check(seed -> PaidHistory.steady(seed).settle().takeSomeBack().settle(), "steady");
    }

    @Test
    void changes_of_terms_do_not_concern_what_is_closed() throws SQLException {
        check(seed -> PaidHistory.unsteady(seed).settle(), "unsteady");
    }
}
