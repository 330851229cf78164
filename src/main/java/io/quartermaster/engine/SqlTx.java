package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on PostgreSQL. Updates are queued, and those of the same text go to the server as
 * one batch, as far as their order allows: a projection is fast when it makes do with few, general
 * statements and says which stream an update is of.
 */
public final class SqlTx implements Tx {
    private final Connection connection;
    private final List<Batch> queue = new ArrayList<>();

    /** Updates to be carried out last, by text and stream. */
    private final Map<String, Map<StreamId, @Nullable Object[]>> atLast = new LinkedHashMap<>();

    /** The batch in which a stream's last update is. */
    private final Map<StreamId, Integer> lastOf = new HashMap<>();

    /** The batch of the last update that stays where it is: nothing later goes before it. */
    private int fixed;

    /** Whether an update is queued of which nobody said whose it is. */
    private boolean isOfAll;

    /**
     * @param connection in a transaction that the caller commits or rolls back
     */
    public SqlTx(Connection connection) {
        this.connection = connection;
    }

    private record Batch(String sql, List<@Nullable Object[]> rows) {}

    /**
     * Queues an update. It is carried out after all that were queued before it and before all that
     * are queued later, at the latest before the commit.
     *
     * @param values instants, optionals, stream ids, and what JDBC takes; JSON as text with {@code
     *     ?::jsonb}
     */
    public void update(String sql, @Nullable Object... values) {
        fixed = Math.max(0, queue.size() - 1);
        fixed = add(fixed, sql, values);
        isOfAll = true;
    }

    /**
     * Queues an update that may change places with those of other streams, though not with those of
     * its own and not with {@link #update}. So the rows that it reads and writes must be such that
     * updates of other streams neither read nor write them.
     *
     * @param values as in {@link #update}
     */
    public void updateOf(StreamId stream, String sql, @Nullable Object... values) {
        int earliest = Math.max(fixed, lastOf.getOrDefault(stream, 0));
        lastOf.put(stream, add(earliest, sql, values));
    }

    /**
     * Queues an update that is carried out after all others; of one stream's of the same text only
     * the last one is.
     *
     * @param values as in {@link #update}
     */
    public void updateAtLast(StreamId stream, String sql, @Nullable Object... values) {
        atLast.computeIfAbsent(sql, _ -> new LinkedHashMap<>()).put(stream, values);
    }

    /** Adds to the first batch of that text from there on. */
    private int add(int earliest, String sql, @Nullable Object[] values) {
        int place = earliest;
        while (place < queue.size() && !queue.get(place).sql().equals(sql)) place++;
        if (place == queue.size()) queue.add(new Batch(sql, new ArrayList<>()));
        queue.get(place).rows().add(values);
        return place;
    }

    /** The connection, for queries; what was queued has been carried out. */
    public Connection connection() throws SQLException {
        flush();
        return connection;
    }

    /**
     * The connection, for queries that read only what updates of the stream write: those of other
     * streams may still be queued, so that a reader in a hurry asks once where it would wait twice.
     */
    public Connection connectionFor(StreamId stream) throws SQLException {
        boolean isQueued =
                isOfAll
                        || lastOf.containsKey(stream)
                        || atLast.values().stream().anyMatch(rows -> rows.containsKey(stream));
        if (isQueued) flush();
        return connection;
    }

    /** Carries out what is queued. */
    public void flush() throws SQLException {
        var batches = new ArrayList<>(queue);
        atLast.forEach((sql, rows) -> batches.add(new Batch(sql, List.copyOf(rows.values()))));
        queue.clear();
        atLast.clear();
        lastOf.clear();
        fixed = 0;
        isOfAll = false;
        for (var batch : batches) carryOut(batch);
    }

    private void carryOut(Batch batch) throws SQLException {
        try (var statement = connection.prepareStatement(batch.sql())) {
            for (var values : batch.rows()) {
                Database.bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
