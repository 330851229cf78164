package io.quartermaster.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on PostgreSQL. Updates are queued, and consecutive ones of the same text go to the
 * server as one batch: a projection is fast when it makes do with few, general statements.
 */
public final class SqlTx implements Tx {
    private final Connection connection;
    private @Nullable String text;
    private @Nullable PreparedStatement batch;

    /**
     * @param connection in a transaction that the caller commits or rolls back
     */
    public SqlTx(Connection connection) {
        this.connection = connection;
    }

    /**
     * Queues an update. It is carried out in order, at the latest before the commit.
     *
     * @param values instants, optionals, stream ids, and what JDBC takes; JSON as text with {@code
     *     ?::jsonb}
     */
    public void update(String sql, @Nullable Object... values) throws SQLException {
        var statement = batch(sql);
        Database.bind(statement, values);
        statement.addBatch();
    }

    /** The connection, for queries; what was queued has been carried out. */
    public Connection connection() throws SQLException {
        flush();
        return connection;
    }

    /** Carries out what is queued. */
    public void flush() throws SQLException {
        var queued = batch;
        if (queued == null) return;
        batch = null;
        text = null;
        try (queued) {
            queued.executeBatch();
        }
    }

    private PreparedStatement batch(String sql) throws SQLException {
        var current = batch;
        if (current != null && sql.equals(text)) return current;
        flush();
        var next = connection.prepareStatement(sql);
        batch = next;
        text = sql;
        return next;
    }
}
