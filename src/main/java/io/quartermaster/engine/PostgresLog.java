package io.quartermaster.engine;

import io.quartermaster.engine.wire.Codec;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The log on PostgreSQL. Each append is one call of {@code append_events} in a transaction of its
 * own, which carries the commands of all who wait at that moment.
 */
public final class PostgresLog implements EventLog {
    private static final Duration POLL = Duration.ofMillis(50);
    private final Database database;
    private final Codec codec;
    private final Meters meters;
    private final Appender appender;
    private final Batcher batcher;
    private final EventRows rows;
    private final PositionSignal appended = new PositionSignal();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * How much may gather.
     *
     * @param queue commands that may wait for the log; more are refused as {@link Overloaded}
     * @param batch commands that go into one transaction
     */
    public record Limits(int queue, int batch) {

        /** For a daemon of ordinary size. */
        public static final Limits ORDINARY = new Limits(10_000, 256);
    }

    public PostgresLog(Database database, Codec codec, Limits limits, Meters meters) {
        this.database = database;
        this.codec = codec;
        this.meters = meters;
        appender = new Appender(database, meters);
        batcher = new Batcher(limits.queue(), limits.batch(), this::flush);
        rows = new EventRows(database, codec);
    }

    @Override
    public List<Outcome> append(List<Decided> commands) {
        var prepared = commands.stream().map(each -> Prepared.of(each, codec)).toList();
        try {
            return batcher.submit(prepared);
        } catch (Overloaded refusal) {
            meters.overloaded();
            throw refusal;
        }
    }

    private List<Outcome> flush(List<Prepared> commands) {
        var outcomes = appender.append(commands);
        long last = 0;
        for (var outcome : outcomes) {
            if (!(outcome instanceof Outcome.Appended(List<Receipt> receipts))) continue;
            last = Math.max(last, receipts.getLast().position());
        }
        appended.advance(last);
        if (last > 0) listeners.forEach(Runnable::run);
        return outcomes;
    }

    /** How many commands wait for the log. */
    public int queueDepth() {
        return batcher.depth();
    }

    @Override
    public Optional<List<Receipt>> answerTo(UUID commandId) {
        return appender.answerTo(commandId);
    }

    @Override
    public List<Envelope<?>> read(long after, int limit) {
        return rows.after(after, limit);
    }

    @Override
    public List<Row> rows(long after, int limit, Wanted wanted) {
        return rows.after(after, limit, wanted);
    }

    @Override
    public List<Envelope<?>> readStream(StreamId stream, long fromVersion, int limit) {
        return rows.ofStream(stream, fromVersion, limit);
    }

    @Override
    public Optional<StreamInfo> stream(StreamId stream) {
        return database
                .query(
                        "SELECT version, tenant, created_at, updated_at FROM stream"
                                + " WHERE id = ? AND version > 0",
                        row ->
                                new StreamInfo(
                                        stream,
                                        row.getLong(1),
                                        row.getString(2),
                                        Database.instant(row, 3),
                                        Database.instant(row, 4)),
                        stream)
                .stream()
                .findFirst();
    }

    @Override
    public long head() {
        var sql = "SELECT coalesce(max(position), 0) FROM event";
        return database.query(sql, row -> row.getLong(1)).getFirst();
    }

    @Override
    public boolean await(long position, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            var left = Duration.ofNanos(deadline - System.nanoTime());
            boolean last = left.compareTo(POLL) <= 0;
            if (appended.await(position, last ? left : POLL)) return true;
            appended.advance(head()); // another process may have appended
            if (last) return appended.position() >= position;
        }
    }

    @Override
    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }
}
