package io.quartermaster.bench;

import io.quartermaster.engine.Decided;
import io.quartermaster.engine.Decided.Change;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Expected;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Writers that append to streams of their own as fast as the log lets them. */
final class Appends {
    private static final int STREAMS = 100;
    private final EventLog log;
    private final List<MachineEvent> events;
    private final List<Writer> writers = new ArrayList<>();

    /**
     * @param events of each command
     */
    Appends(EventLog log, int writers, int events) {
        this.log = log;
        this.events = Collections.nCopies(events, event());
        for (int i = 0; i < writers; i++) this.writers.add(new Writer());
    }

    /** The event that daemons record most. */
    static MachineEvent event() {
        var report = new StepReport(3, "settings", 1, StepOutcome.CHANGED, 12, null);
        return new MachineEvent.StepFinished(1, report);
    }

    static Metadata metadata() {
        var id = UUID.randomUUID();
        return new Metadata("bench", id, id, id, "");
    }

    /** Events per second. */
    double rate(Duration time) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long appended = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = writers.stream().<Callable<Long>>map(one -> () -> one.work(end)).toList();
            for (var done : threads.invokeAll(tasks)) appended += done.get();
        }
        return appended * 1e9 / (System.nanoTime() - start);
    }

    private final class Writer {
        private final UUID name = UUID.randomUUID();
        private final long[] versions = new long[STREAMS];
        private int turn;

        long work(long end) {
            long appended = 0;
            while (System.nanoTime() < end) {
                int stream = turn++ % STREAMS;
                var id = new StreamId("machine", name + "-" + stream);
                var expected = new Expected.Exactly(versions[stream]);
                var change = new Change(id, "acme", expected, events);
                log.append(new Decided(metadata(), List.of(change), null));
                versions[stream] += events.size();
                appended += events.size();
            }
            return appended;
        }
    }
}
