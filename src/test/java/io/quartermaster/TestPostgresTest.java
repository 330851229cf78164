package io.quartermaster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

    @Test
    void two_fresh_databases_do_not_see_each_other() throws SQLException {
        var one = TestPostgres.freshDatabase();
        var other = TestPostgres.freshDatabase();
        try (var connection = one.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE only_here ()");
        }
        assertEquals(1, tablesNamed(one, "only_here"));
        assertEquals(0, tablesNamed(other, "only_here"));
    }

    private static int tablesNamed(DataSource database, String table) throws SQLException {
        var sql = "SELECT count(*) FROM information_schema.tables WHERE table_name = ?";
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(sql)) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
