package io.quartermaster.engine.follow;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.StorageFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears of other replicas' appends, on a connection that it keeps for itself. When that breaks it
 * takes another one, after pauses that double; meanwhile {@link HeadWatch} goes on.
 */
final class AppendListener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AppendListener.class);
    private static final Duration LOOK_UP = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final PGNotification[] NONE = {};

    private final Database database;
    private final IntPredicate own;
    private final Runnable wake;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("append listener").unstarted(this::loop);
    private int failures;

    /**
     * @param own server processes whose notices are this replica's own
     * @param wake called when another one has appended, or may have; returns at once
     */
    AppendListener(Database database, IntPredicate own, Runnable wake) {
        this.database = database;
        this.own = own;
        this.wake = wake;
    }

    void start() {
        thread.start();
    }

    private void loop() {
        try {
            do listenUntilItBreaks();
            while (!closed.await(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // told to end
        }
    }

    private void listenUntilItBreaks() {
        try {
            database.call(this::listen);
        } catch (StorageFailure e) {
            failures++;
            LOG.warnf(
                    "No longer told of other replicas' appends, but looking every two seconds; trying"
                            + " again in %d ms (%s)",
                    pause().toMillis(), e.getMessage());
        }
    }

    private Duration pause() {
        long doubled = FIRST_PAUSE.toMillis() << Math.clamp(failures - 1L, 0, 16);
        return Duration.ofMillis(Math.min(doubled, LONGEST_PAUSE.toMillis()));
    }

    private boolean listen(Connection connection) throws SQLException {
        execute(connection, "LISTEN " + AppendNotifier.CHANNEL);
        failures = 0;
        wake.run(); // for what came while nobody listened
        var notices = connection.unwrap(PGConnection.class);
        while (closed.getCount() > 0) {
            var heard = notices.getNotifications((int) LOOK_UP.toMillis());
            for (PGNotification each : Objects.requireNonNullElse(heard, NONE)) {
                if (!own.test(each.getPID())) wake.run();
            }
        }
        execute(connection, "UNLISTEN *");
        return true;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (thread.getState() == Thread.State.NEW) return;
        try {
            if (!thread.join(FAREWELL)) thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
