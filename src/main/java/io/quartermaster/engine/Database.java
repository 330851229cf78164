package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Plain JDBC with values bound, rows mapped and failures unchecked. */
public final class Database {
    private final DataSource source;

    /**
     * @param source gives connections in auto-commit mode and READ COMMITTED
     */
    public Database(DataSource source) {
        this.source = source;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** Makes something of the current row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Statements that each commit by themselves. */
    public <T extends @Nullable Object> T call(Work<T> work) {
        try (var connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new StorageFailure(e);
        }
    }

    /** Statements that commit together, or not at all when the work throws. */
    public <T extends @Nullable Object> T transact(Work<T> work) {
        return call(
                connection -> {
                    connection.setAutoCommit(false);
                    try {
                        var result = work.on(connection);
                        connection.commit();
                        return result;
                    } catch (Throwable e) {
                        rollBack(connection, e);
                        throw e;
                    } finally {
                        if (!connection.isClosed()) connection.setAutoCommit(true);
                    }
                });
    }

    /** The first failure is the one to report: a dead connection cannot roll back either. */
    private static void rollBack(Connection connection, Throwable because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /** The rows of a query that is a transaction of its own. */
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        return call(connection -> query(connection, sql, reader, values));
    }

    /** Carries out an update that is a transaction of its own; gives the number of rows. */
    public int update(String sql, @Nullable Object... values) {
        return call(connection -> update(connection, sql, values));
    }

    /** The rows of a query. */
    public static <T> List<T> query(
            Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) found.add(reader.read(rows));
                return found;
            }
        }
    }

    /** Carries out an update; gives the number of rows. */
    public static int update(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /**
     * Sets a statement's values.
     *
     * @param values instants, optionals, stream ids, lists and arrays of strings, and what JDBC
     *     takes
     */
    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) bind(statement, i + 1, values[i]);
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case Optional<?> optional -> bind(statement, index, optional.orElse(null));
            case StreamId stream -> statement.setString(index, stream.toString());
            case String[] texts ->
                    statement.setArray(
                            index, statement.getConnection().createArrayOf("text", texts));
            case null, default -> statement.setObject(index, value);
        }
    }

    /** An instant of the row. */
    public static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
