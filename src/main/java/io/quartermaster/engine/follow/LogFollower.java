package io.quartermaster.engine.follow;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.EventLog;

/**
 * Wakes a replica's loops when the log has grown: at once after its own appends, moments after
 * those of others, and within two seconds if that fails. The loops need not look by themselves.
 */
public final class LogFollower implements AutoCloseable {

    /**
     * What is followed.
     *
     * @param others whether there may be other replicas, to be told and heard
     */
    public record Source(EventLog log, Database database, boolean others) {

        /**
         * Follows it for a replica.
         *
         * @param wake only wakes those who work and returns at once
         */
        public LogFollower follower(Runnable wake) {
            return new LogFollower(this, wake);
        }
    }

    private final HeadWatch head;
    private final AppendNotifier notifier;
    private final AppendListener listener;
    private final boolean others;

    private LogFollower(Source source, Runnable wake) {
        others = source.others();
        head = new HeadWatch(source.log(), wake);
        notifier = new AppendNotifier(source.database());
        listener = new AppendListener(source.database(), notifier::isSender, wake);
        source.log().onAppend(wake);
        if (others) source.log().onAppend(notifier::appended);
    }

    /** Starts to follow. */
    public void start() {
        head.start();
        if (!others) return;
        notifier.start();
        listener.start();
    }

    @Override
    public void close() {
        head.close();
        if (!others) return;
        notifier.close();
        listener.close();
    }
}
