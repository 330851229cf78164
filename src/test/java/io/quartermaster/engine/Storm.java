package io.quartermaster.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Bad weather for statements: at random they are rolled back, hold their locks until others wait
 * for them, or lose their server process.
 */
final class Storm {
    private static final int PATIENCE = 10;
    private final Map<Fate, AtomicInteger> count = new EnumMap<>(Fate.class);
    private final Database outside;
    private final Random random;

    /** What becomes of a statement. */
    enum Fate {
        CARRIED_OUT,
        ROLLED_BACK,
        SLOW,
        KILLED
    }

    /**
     * @param outside connections of their own for those who kill and look
     */
    Storm(DataSource outside, long seed) {
        this.outside = new Database(outside);
        random = new Random(seed);
        for (var fate : Fate.values()) count.put(fate, new AtomicInteger());
    }

    int count(Fate fate) {
        return count.getOrDefault(fate, new AtomicInteger()).get();
    }

    DataSource over(DataSource source) {
        return new WatchedSource(source, this::meet).dataSource();
    }

    private Object meet(Connection connection, WatchedSource.Trip trip) throws Throwable {
        var fate = fate();
        count.getOrDefault(fate, new AtomicInteger()).incrementAndGet();
        return switch (fate) {
            case CARRIED_OUT -> trip.go();
            case ROLLED_BACK -> rollBack(connection, trip);
            case SLOW -> slowly(connection, trip);
            case KILLED -> {
                kill(connection);
                yield trip.go();
            }
        };
    }

    private Fate fate() {
        int chance;
        synchronized (random) {
            chance = random.nextInt(100);
        }
        if (chance < 4) return Fate.KILLED;
        if (chance < 10) return Fate.ROLLED_BACK;
        return chance < 16 ? Fate.SLOW : Fate.CARRIED_OUT;
    }

    private static Object rollBack(Connection connection, WatchedSource.Trip trip)
            throws Throwable {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
            trip.go();
            connection.rollback();
            connection.setAutoCommit(true);
        }
        throw new SQLException("lost a race", "40001");
    }

    /** Commits only when another one waits for what it has locked, if one comes at all. */
    private Object slowly(Connection connection, WatchedSource.Trip trip) throws Throwable {
        if (!connection.getAutoCommit()) return trip.go();
        connection.setAutoCommit(false);
        var result = trip.go();
        for (int i = 0; i < PATIENCE && !somebodyWaits(); i++) Thread.onSpinWait();
        connection.commit();
        connection.setAutoCommit(true);
        return result;
    }

    private boolean somebodyWaits() {
        var sql =
                "SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
        return outside.query(sql, row -> row.getInt(1) > 0).getFirst();
    }

    private void kill(Connection connection) throws SQLException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        outside.query("SELECT pg_terminate_backend(?)", row -> row.getBoolean(1), pid);
    }
}
