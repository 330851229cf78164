package io.quartermaster.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** A virtual thread that does some work again and again: when woken, and after a pause anyway. */
public final class WorkLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkLoop.class);

    /**
     * For loops that look at what follows from an append, in views and queues, which comes moments
     * after the append that woke them.
     */
    public static final List<Duration> AND_LATER =
            List.of(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMillis(150));

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Duration> pause;
    private final List<Duration> moreLooks;
    private final Work work;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** What is done. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does what there is to do now.
         *
         * @return whether there may be more at once
         */
        boolean once() throws InterruptedException;
    }

    /**
     * @param pause between two looks when nothing wakes it, and after a failure
     * @param moreLooks pauses between the looks that follow the one for which it was woken
     */
    public WorkLoop(String name, Duration pause, List<Duration> moreLooks, Work work) {
        this(name, () -> pause, moreLooks, work);
    }

    /**
     * @param pause asked after each look; after a failure it is five seconds at most
     * @param moreLooks pauses between the looks that follow the one for which it was woken
     */
    public WorkLoop(String name, Supplier<Duration> pause, List<Duration> moreLooks, Work work) {
        this.name = name;
        this.pause = pause;
        this.moreLooks = moreLooks;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
    }

    /** Starts to work. */
    public void start() {
        thread.start();
    }

    /** There may be something to do; returns at once. */
    public void wake() {
        wakeUp.release();
    }

    private void loop() {
        int looks = moreLooks.size();
        while (!closed) {
            try {
                while (!closed && work.once()) looks = 0;
                var rest = looks < moreLooks.size() ? moreLooks.get(looks++) : pause.get();
                if (wakeUp.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) looks = 0;
                wakeUp.drainPermits();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "The loop '%s' failed and goes on after a pause", name);
                looks = moreLooks.size();
                if (pausedInVain()) return;
            }
        }
    }

    /** Whether it was told to end meanwhile. */
    private boolean pausedInVain() {
        try {
            wakeUp.drainPermits();
            long rest = Math.min(pause.get().toMillis(), AFTER_FAILURE.toMillis());
            return wakeUp.tryAcquire(rest, TimeUnit.MILLISECONDS) && closed;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Ends it, when it can be within moments without breaking off what it is doing. */
    @Override
    public void close() {
        closed = true;
        wakeUp.release();
        if (thread.getState() == Thread.State.NEW) return;
        try {
            if (!thread.join(FAREWELL)) thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
