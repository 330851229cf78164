package io.quartermaster.engine.follow;

import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.WorkLoop;
import java.time.Duration;
import java.util.List;

/** Looks for all idle loops of a replica whether the log has grown, in case nobody told. */
final class HeadWatch implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final EventLog log;
    private final Runnable wake;
    private final WorkLoop loop = new WorkLoop("log head", LOOK_EVERY, List.of(), this::look);
    private long seen;

    HeadWatch(EventLog log, Runnable wake) {
        this.log = log;
        this.wake = wake;
    }

    void start() {
        loop.start();
    }

    private boolean look() {
        long head = log.head();
        if (head > seen) wake.run();
        seen = head;
        return false;
    }

    @Override
    public void close() {
        loop.close();
    }
}
