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
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain JDBC with values bound, rows mapped and failures unchecked.
 *
 * <p>A connection that broke is never used again. Dropping it is the pool's part, by the rule that
 * SQLSTATE 08 is fatal; seeing to it that the pool meets that, and that whoever tries again does
 * not get the next one of many that broke together, is done here.
 */
public final class Database {
    private static final int SUSPECTS = 64;
    private final DataSource source;
    private final AtomicInteger suspects = new AtomicInteger();

    /**
     * @param source gives connections in auto-commit mode and READ COMMITTED; when it is a pool, it
     *     drops those that fail with SQLSTATE 08
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

    /**
     * Statements that each commit by themselves.
     *
     * @throws StorageFailure when one fails; if its outcome is unknown, it may have been carried
     *     out
     */
    public <T extends @Nullable Object> T call(Work<T> work) {
        try (var connection = borrow()) {
            return unlessBroken(connection, work);
        } catch (SQLException e) {
            throw new StorageFailure(e);
        }
    }

    /**
     * Statements that commit together, or not at all when the work throws.
     *
     * @throws StorageFailure when one fails; if its outcome is unknown, all may have been committed
     */
    public <T extends @Nullable Object> T transact(Work<T> work) {
        return call(
                connection -> {
                    connection.setAutoCommit(false);
                    T result;
                    try {
                        result = work.on(connection);
                        connection.commit();
                    } catch (Throwable e) {
                        rollBack(connection, e);
                        throw e;
                    }
                    setAutoCommit(connection);
                    return result;
                });
    }

    /** The first failure is the one to report: a dead connection cannot roll back either. */
    private void rollBack(Connection connection, Throwable because) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e);
            suspects.set(SUSPECTS);
        }
    }

    /** What was committed stays so, whatever becomes of the connection. */
    private void setAutoCommit(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            discard(connection);
        }
    }

    private <T extends @Nullable Object> T unlessBroken(Connection connection, Work<T> work)
            throws SQLException {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            var failure = new StorageFailure(e);
            if (failure.isOutcomeUnknown()) discard(connection);
            throw failure;
        } catch (StorageFailure failure) {
            if (failure.isOutcomeUnknown()) discard(connection);
            throw failure;
        }
    }

    /** After one has broken, others are tried out before they are used. */
    private Connection borrow() throws SQLException {
        while (suspects.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            var connection = source.getConnection();
            if (isAlive(connection)) return connection;
            connection.close();
        }
        return source.getConnection();
    }

    /**
     * The server announces the end of a connection with a SQLSTATE of its own, which pools do not
     * take for fatal; the next statement gets the one that they do. {@code Connection.abort} would
     * be the wrong way: after it, Agroal 3.0.1 counts the connection as lent out for ever.
     */
    private void discard(Connection connection) {
        suspects.set(SUSPECTS);
        isAlive(connection);
    }

    private static boolean isAlive(Connection connection) {
        try {
            return query(connection, "SELECT true", row -> row.getBoolean(1)).getFirst();
        } catch (SQLException e) {
            return false;
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
