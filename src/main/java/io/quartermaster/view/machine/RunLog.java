package io.quartermaster.view.machine;

import io.quartermaster.view.Database;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the steps of runs printed, kept for a while. Whoever appends has masked secrets before. An
 * attempt at a step may print a mebicharacter; then a note stands in place of the rest.
 */
public final class RunLog {
    private static final long ROOM = 1 << 20;
    private static final String NOTE = "\n[this step printed more than is kept]\n";
    private static final String APPEND = "SELECT append_run_log(?, ?, ?, ?, ?, ?, ?, ?, ?) AS room";
    private static final String SELECT =
            """
            SELECT seq, step, attempt, at, text FROM run_log_chunk
            WHERE machine = ? AND run = ? AND seq > ?""";
    private static final String ORDER = " ORDER BY seq LIMIT ?";

    /** How long a follower goes without looking: what other replicas append gives no signal. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int MOST_WRITERS = 10_000;

    private final Database database;
    private final ConcurrentHashMap<String, Writer> writers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<RunKey, CountDownLatch> followed = new ConcurrentHashMap<>();

    private record RunKey(String machine, int run) {}

    /** Where the output of an attempt goes on, in characters. */
    private record Writer(int run, int step, int attempt, long printed, boolean full) {

        boolean at(int itsRun, int itsStep) {
            return run == itsRun && step == itsStep;
        }

        Writer after(long more, boolean nowFull) {
            return new Writer(run, step, attempt, printed + more, nowFull);
        }
    }

    /**
     * Some output.
     *
     * @param seq counts up over the run, not without holes
     * @param step its place in the run, from 0
     * @param attempt from 1
     */
    public record Chunk(long seq, int step, int attempt, Instant at, String text) {}

    public RunLog(Database database) {
        this.database = database;
    }

    /**
     * The output of an attempt follows from its start. What is kept of it already, since a runner
     * comes back to it, is recognised when it comes again.
     */
    public void begin(String machine, int run, int step, int attempt) {
        if (writers.size() >= MOST_WRITERS) writers.clear();
        writers.put(machine, new Writer(run, step, attempt, 0, false));
    }

    /** Keeps output of a step; a run's output comes in the order of the calls. */
    public void append(String machine, int run, int step, Instant at, String text) {
        if (text.isEmpty()) return;
        var known = writers.get(machine);
        var writer = known != null && known.at(run, step) ? known : lastAttempt(machine, run, step);
        int length = text.codePointCount(0, text.length());
        boolean full = writer.full() || room(machine, writer, at, text) < 0;
        writers.put(machine, writer.after(length, full));
    }

    /** What goes on where nobody said that it begins. */
    private Writer lastAttempt(String machine, int run, int step) {
        return database.one(
                        """
                        SELECT attempt, printed FROM run_log_attempt
                        WHERE machine = ? AND run = ? AND step = ?
                        ORDER BY attempt DESC LIMIT 1""",
                        row ->
                                new Writer(
                                        run,
                                        step,
                                        row.integer("attempt"),
                                        row.number("printed"),
                                        false),
                        machine,
                        run,
                        step)
                .orElseGet(() -> new Writer(run, step, 1, 0, false));
    }

    private long room(String machine, Writer writer, Instant at, String text) {
        var room =
                database.one(
                        APPEND,
                        row -> row.number("room"),
                        machine,
                        writer.run(),
                        writer.step(),
                        writer.attempt(),
                        at,
                        // PostgreSQL has no NUL in texts.
                        text.replace('\0', '\uFFFD'),
                        writer.printed(),
                        ROOM,
                        NOTE);
        var run = new RunKey(machine, writer.run());
        var signal = followed.get(run);
        if (signal != null) give(signal, run);
        return room.orElseThrow();
    }

    /**
     * At most {@code limit} chunks of a run, in order.
     *
     * @param after number of the last chunk that is known, 0 for all
     */
    public List<Chunk> read(String machine, int run, long after, int limit) {
        return database.list(SELECT + ORDER, RunLog::chunk, machine, run, after, limit);
    }

    /** The same, of one step only. */
    public List<Chunk> read(String machine, int run, int step, long after, int limit) {
        return database.list(
                SELECT + " AND step = ?" + ORDER, RunLog::chunk, machine, run, after, step, limit);
    }

    private static Chunk chunk(Row row) throws SQLException {
        return new Chunk(
                row.number("seq"),
                row.integer("step"),
                row.integer("attempt"),
                row.instant("at"),
                row.text("text"));
    }

    /**
     * Waits until there is output that is not known yet.
     *
     * @param after number of the last chunk that is known, 0 for none
     * @return whether there is some; false when the time is over
     */
    public boolean await(String machine, int run, long after, Duration timeout)
            throws InterruptedException {
        var key = new RunKey(machine, run);
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            // The signal is set up before looking, so that nothing comes between unnoticed.
            var signal = followed.computeIfAbsent(key, any -> new CountDownLatch(1));
            try {
                if (!read(machine, run, after, 1).isEmpty()) return true;
                long left = end - System.nanoTime();
                if (left <= 0) return false;
                signal.await(Math.min(left, LOOK_EVERY_NANOS), TimeUnit.NANOSECONDS);
            } finally {
                give(signal, key);
            }
        }
    }

    /** Once given, a signal is used up: other followers look, and set up a new one. */
    private void give(CountDownLatch signal, RunKey run) {
        if (followed.remove(run, signal)) signal.countDown();
    }

    /**
     * Forgets the output of runs that printed nothing since, at most {@code limit} runs in one go;
     * those that somebody else forgets just now, or that print again, are left out.
     *
     * @return how many were forgotten
     */
    public int forget(Instant since, int limit) {
        return database.update(
                """
                DELETE FROM run_log WHERE (machine, run) IN (
                  SELECT machine, run FROM run_log WHERE updated_at < ?
                  LIMIT ? FOR UPDATE SKIP LOCKED)""",
                since,
                limit);
    }
}
