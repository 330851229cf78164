package io.quartermaster.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Statements of a process that dies at one of them: nothing it tries after that happens. */
final class Mortal {
    private final Database outside;
    private final int deadline;
    private final Death death;
    private final AtomicInteger trips = new AtomicInteger();

    /** When exactly. */
    enum Death {
        BEFORE_IT_IS_CARRIED_OUT,
        AFTER_IT_WAS_CARRIED_OUT
    }

    /**
     * @param outside connections of their own
     * @param deadline counts statements and commits, from 1
     */
    Mortal(DataSource outside, int deadline, Death death) {
        this.outside = new Database(outside);
        this.deadline = deadline;
        this.death = death;
    }

    DataSource over(DataSource source) {
        return new WatchedSource(source, this::meet).dataSource();
    }

    boolean hasDied() {
        return trips.get() >= deadline;
    }

    private Object meet(Connection connection, WatchedSource.Trip trip) throws Throwable {
        int number = trips.incrementAndGet();
        if (number < deadline) return trip.go();
        if (number == deadline) {
            if (death == Death.AFTER_IT_WAS_CARRIED_OUT) trip.go();
            int pid = connection.unwrap(PGConnection.class).getBackendPID();
            outside.query("SELECT pg_terminate_backend(?)", row -> row.getBoolean(1), pid);
        }
        throw new SQLException("this process is dead", "08006");
    }
}
