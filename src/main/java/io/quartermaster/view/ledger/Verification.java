package io.quartermaster.view.ledger;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.EventLog.Wanted;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.view.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Computes the books again from the log's first event, in tables that nobody else sees and that are
 * gone afterwards, and compares them with the books that are shown, row by row.
 */
public final class Verification {
    private static final int PAGE = 500;
    private static final int MOST = 100;
    private static final String SCRATCH = "books_again";
    private static final String SERVING =
            """
            SELECT build, tables FROM projection_build
            WHERE projection = 'books' AND state = 'serving'""";
    private static final String POSITION =
            "SELECT coalesce(min(position), 0) FROM checkpoint WHERE subscriber = ?";
    private static final String MISSING =
            """
            SELECT to_jsonb(row) FROM (
              SELECT * FROM %s.%s EXCEPT ALL SELECT * FROM %s.%s) row LIMIT ?""";
    private static final String BROKEN_SEALS =
            """
            SELECT to_jsonb(invoice) FROM %s.invoice
            WHERE sealed IS NOT NULL AND sealed <> digest LIMIT ?""";
    private static final String WRONG_SUMS =
            """
            SELECT to_jsonb(invoice) FROM %1$s.invoice WHERE total <> (
              SELECT coalesce(sum(amount), 0) FROM %1$s.ledger_line
              WHERE ledger_line.invoice = invoice.id) LIMIT ?""";

    private final Database database;
    private final EventLog log;
    private final Json json;

    public Verification(DataSource source, EventLog log, Json json) {
        this.database = new Database(source);
        this.log = log;
        this.json = json;
    }

    /**
     * What was compared.
     *
     * @param position up to which both had read the log
     * @param rows how many were compared, by table
     * @param differences the first hundred of each kind
     */
    public record Report(long position, Map<String, Long> rows, List<Difference> differences) {}

    /**
     * A row that only one side has, or that contradicts itself.
     *
     * @param where {@code books}: shown, and not what follows from the log; {@code log}: follows
     *     from it, and is not shown; {@code seal}: the invoice is not the one that was issued;
     *     {@code sum}: the invoice is not the sum of its lines
     * @param row as JSON
     */
    public record Difference(String table, String where, String row) {}

    /** Compares; takes about as long as building the view anew. */
    public Report run() {
        return database.call(this::run);
    }

    private Report run(Connection connection) throws SQLException {
        int isolation = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try {
            return compare(connection);
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
            }
        }
    }

    private Report compare(Connection connection) throws SQLException {
        var shown =
                Database.query(
                                connection,
                                SERVING,
                                row ->
                                        new Shown(
                                                row.getInt(1),
                                                List.of((String[]) row.getArray(2).getArray())))
                        .getFirst();
        long position =
                Database.query(connection, POSITION, row -> row.getLong(1), shown.subscriber())
                        .getFirst();
        replay(connection, position);
        var rows = new LinkedHashMap<String, Long>();
        var differences = new ArrayList<Difference>();
        for (var table : shown.tables()) {
            var count = "SELECT count(*) FROM %s.%s".formatted(SCRATCH, table);
            rows.put(table, Database.query(connection, count, row -> row.getLong(1)).getFirst());
            var extra = MISSING.formatted(shown.schema(), table, SCRATCH, table);
            var lost = MISSING.formatted(SCRATCH, table, shown.schema(), table);
            differences.addAll(find(connection, extra, table, "books"));
            differences.addAll(find(connection, lost, table, "log"));
        }
        var schema = shown.schema();
        differences.addAll(find(connection, BROKEN_SEALS.formatted(schema), "invoice", "seal"));
        differences.addAll(find(connection, WRONG_SUMS.formatted(schema), "invoice", "sum"));
        return new Report(position, rows, differences);
    }

    /** The build that is shown. */
    private record Shown(int build, List<String> tables) {
        String schema() {
            return "books_" + build;
        }

        String subscriber() {
            return "books.v" + build;
        }
    }

    private void replay(Connection connection, long end) throws SQLException {
        var books = new Books(json);
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + SCRATCH);
            statement.execute("SET LOCAL search_path TO " + SCRATCH + ", public");
            for (var table : books.tables()) statement.execute(table);
        }
        var tx = new SqlTx(connection);
        var wanted = new Wanted(books.eventRoots(), Slices.ALL);
        for (long position = 0; position < end; ) {
            int page = (int) Math.min(PAGE, end - position);
            for (var row : log.rows(position, page, wanted)) {
                position = row.position();
                if (row.event() != null) books.apply(row.event(), tx);
            }
            tx.flush();
        }
    }

    private static List<Difference> find(
            Connection connection, String sql, String table, String where) throws SQLException {
        return Database.query(
                connection, sql, row -> new Difference(table, where, row.getString(1)), MOST);
    }
}
