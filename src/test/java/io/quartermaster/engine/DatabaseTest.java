package io.quartermaster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of connections whose server process was killed. */
class DatabaseTest {
    private final TestDatabase postgres = new TestDatabase();
    private final Database database = postgres.database();

    @AfterEach
    void close() {
        postgres.close();
    }

    private int killAll() {
        var sql =
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()";
        return new Database(postgres.unpooled()).query(sql, row -> row.getBoolean(1)).size();
    }

    private void fillPool(int connections) throws SQLException {
        var open = new ArrayList<Connection>();
        for (int i = 0; i < connections; i++) open.add(postgres.pool().getConnection());
        for (var each : open) each.close();
    }

    private static int one(Connection connection) throws SQLException {
        return Database.query(connection, "SELECT 1", row -> row.getInt(1)).getFirst();
    }

    @Test
    void after_one_failure_none_of_many_dead_connections_is_met_again() throws SQLException {
        fillPool(20);
        assertEquals(20, killAll());
        var failure = assertThrows(StorageFailure.class, () -> database.call(DatabaseTest::one));
        assertTrue(failure.isOutcomeUnknown());
        for (int i = 0; i < 50; i++) assertEquals(1, database.call(DatabaseTest::one));
        assertEquals(20, postgres.pool().getMetrics().flushCount());
    }

    @Test
    void a_connection_that_dies_in_a_transaction_is_no_connection_of_the_pool_any_more() {
        for (int i = 0; i < 26; i++) {
            var failure =
                    assertThrows(StorageFailure.class, () -> database.transact(this::dieBetween));
            assertTrue(failure.isOutcomeUnknown());
            assertEquals(1, database.transact(DatabaseTest::one));
        }
        assertEquals(1, postgres.pool().getMetrics().availableCount());
        assertEquals(0, postgres.pool().getMetrics().activeCount());
    }

    private int dieBetween(Connection connection) throws SQLException {
        one(connection);
        killAll();
        return one(connection);
    }

    @Test
    void a_connection_that_dies_outside_of_sql_takes_the_works_own_failure_along() {
        fail(new IllegalStateException("a mistake"), IllegalStateException.class);
        assertEquals(1, database.call(DatabaseTest::one));
        assertEquals(0, postgres.pool().getMetrics().activeCount());
    }

    private <T extends RuntimeException> void fail(T failure, Class<T> type) {
        Database.Work<Integer> work =
                connection -> {
                    one(connection);
                    killAll();
                    throw failure;
                };
        assertEquals(failure, assertThrows(type, () -> database.transact(work)));
    }

    @Test
    void after_a_rollback_the_connection_commits_each_statement_again() {
        database.update("CREATE TABLE thing (n int)");
        Database.Work<Integer> work =
                connection -> {
                    Database.update(connection, "INSERT INTO thing VALUES (1)");
                    throw new IllegalStateException("a mistake");
                };
        assertThrows(IllegalStateException.class, () -> database.transact(work));
        database.update("INSERT INTO thing VALUES (2)");
        assertEquals(2, database.query("SELECT n FROM thing", row -> row.getInt(1)).getFirst());
        assertEquals(1, postgres.pool().getMetrics().creationCount());
    }
}
