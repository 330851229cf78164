package io.quartermaster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks the database: SQL in, records out. */
public final class Database {
    private final DataSource source;
    private final Json json;

    public Database(DataSource source, Json json) {
        this.source = source;
        this.json = json;
    }

    /** Makes a record of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /**
     * The rows, in their order.
     *
     * @param values for the question marks: texts, numbers, instants, collections of texts
     */
    public <T> List<T> list(String sql, Reader<T> reader, Object... values) {
        try (var connection = source.getConnection();
                var query = prepared(connection, sql, values);
                var rows = query.executeQuery()) {
            var found = new ArrayList<T>();
            var row = new Row(rows, json);
            while (rows.next()) found.add(reader.read(row));
            return found;
        } catch (SQLException e) {
            throw new DatabaseFailed(e);
        }
    }

    /** The first row, or empty when there is none. */
    public <T> Optional<T> one(String sql, Reader<T> reader, Object... values) {
        return list(sql, reader, values).stream().findFirst();
    }

    /**
     * Counts by word.
     *
     * @param sql has the columns word and count
     */
    public Map<String, Long> count(String sql, Object... values) {
        var counts = new TreeMap<String, Long>();
        list(sql, row -> counts.put(row.text("word"), row.number("count")), values);
        return counts;
    }

    /** Changes rows of a table that is no projection, and says how many. */
    public int update(String sql, @Nullable Object... values) {
        try (var connection = source.getConnection();
                var statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseFailed(e);
        }
    }

    private static PreparedStatement prepared(
            Connection connection, String sql, @Nullable Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, toJdbc(connection, values[i]));
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static @Nullable Object toJdbc(Connection connection, @Nullable Object value)
            throws SQLException {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Collection<?> texts -> connection.createArrayOf("text", texts.toArray());
            case null, default -> value;
        };
    }
}
