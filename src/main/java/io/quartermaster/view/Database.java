package io.quartermaster.view;

import io.quartermaster.engine.Database.Work;
import io.quartermaster.engine.StorageFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks the read tables: SQL in, records out. What fails is a {@link StorageFailure}. */
public final class Database {
    private final Access access;
    private final Json json;

    private Database(Access access, Json json) {
        this.access = access;
        this.json = json;
    }

    /** Takes a connection for each question. */
    public Database(DataSource source, Json json) {
        this(new io.quartermaster.engine.Database(source)::call, json);
    }

    /** The same, for questions within the transaction of a connection. */
    public Database within(Connection connection) {
        return new Database(new Within(connection), json);
    }

    /** Makes a record of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** Lends connections. */
    private interface Access {
        <T extends @Nullable Object> T call(Work<T> work);
    }

    private record Within(Connection connection) implements Access {
        @Override
        public <T extends @Nullable Object> T call(Work<T> work) {
            try {
                return work.on(connection);
            } catch (SQLException e) {
                throw new StorageFailure(e);
            }
        }
    }

    /**
     * The rows, in their order.
     *
     * @param values for the question marks: texts, numbers, instants, collections of texts
     */
    public <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... values) {
        return access.call(
                connection ->
                        io.quartermaster.engine.Database.query(
                                connection,
                                sql,
                                row -> reader.read(new Row(row, json)),
                                bindable(values)));
    }

    /** The first row, or empty when there is none. */
    public <T> Optional<T> one(String sql, Reader<T> reader, @Nullable Object... values) {
        return list(sql, reader, values).stream().findFirst();
    }

    /**
     * Counts by word.
     *
     * @param sql has the columns word and count
     */
    public Map<String, Long> count(String sql, @Nullable Object... values) {
        var counts = new TreeMap<String, Long>();
        list(sql, row -> counts.put(row.text("word"), row.number("count")), values);
        return counts;
    }

    /** Changes rows of a table that is no projection, and says how many. */
    public int update(String sql, @Nullable Object... values) {
        return access.call(
                connection ->
                        io.quartermaster.engine.Database.update(connection, sql, bindable(values)));
    }

    /** Does something in a transaction of which nothing stays. */
    public <T> T rolledBack(Work<T> work) {
        return access.call(
                connection -> {
                    connection.setAutoCommit(false);
                    try {
                        return work.on(connection);
                    } finally {
                        if (!connection.isClosed()) {
                            connection.rollback();
                            connection.setAutoCommit(true);
                        }
                    }
                });
    }

    private static @Nullable Object[] bindable(@Nullable Object... values) {
        var bindable = values.clone();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Collection<?> texts) {
                bindable[i] = texts.toArray(String[]::new);
            } else if (values[i] instanceof String text && text.indexOf('\0') >= 0) {
                // PostgreSQL has none in texts, so there is nothing of that name.
                throw new InvalidQuery(
                        "text-invalid", "text", "found a NUL character; leave it away");
            }
        }
        return bindable;
    }
}
