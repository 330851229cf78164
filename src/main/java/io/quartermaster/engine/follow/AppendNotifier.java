package io.quartermaster.engine.follow;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.WorkLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells other replicas that the log has grown, by a NOTIFY without a payload. It comes after the
 * commit and on another connection, since within the transaction it would make all commits of the
 * cluster wait for each other. One is under way at a time and stands for all appends before it; one
 * that is lost is made up for by {@link HeadWatch}.
 */
final class AppendNotifier implements AutoCloseable {
    static final String CHANNEL = "quartermaster_appended";
    private static final Duration GAP = Duration.ofMillis(5);
    private static final Duration REST = Duration.ofHours(1);

    /** The commit need not wait for the disk: nothing is written. */
    private static final String NOTIFY =
            "SELECT pg_backend_pid(), set_config('synchronous_commit', 'off', true),"
                    + " pg_notify('"
                    + CHANNEL
                    + "', '')";

    private final Database database;
    private final AtomicBoolean grown = new AtomicBoolean();
    private final WorkLoop loop = new WorkLoop("append notices", REST, List.of(), this::send);
    private volatile int sender;

    AppendNotifier(Database database) {
        this.database = database;
    }

    void start() {
        loop.start();
    }

    /** The log has grown; returns at once. */
    void appended() {
        if (!grown.getAndSet(true)) loop.wake();
    }

    /** Whether the last notice came from this server process, so that it says nothing new here. */
    boolean isSender(int pid) {
        return pid == sender;
    }

    private boolean send() throws InterruptedException {
        if (!grown.getAndSet(false)) return false;
        sender = database.query(NOTIFY, row -> row.getInt(1)).getFirst();
        TimeUnit.MILLISECONDS.sleep(GAP.toMillis());
        return true;
    }

    @Override
    public void close() {
        loop.close();
    }
}
