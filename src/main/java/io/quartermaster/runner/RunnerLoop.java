package io.quartermaster.runner;

import io.quartermaster.engine.WorkLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** A runner at work: a loop that claims, one that renews, and a virtual thread for each run. */
public final class RunnerLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RunnerLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final Runner runner;
    private final Map<String, Thread> performing = new ConcurrentHashMap<>();
    private final WorkLoop claiming;
    private final WorkLoop renewing;

    /**
     * @param renewEvery a third of the leases' length, or less
     */
    public RunnerLoop(Runner runner, Duration renewEvery) {
        this.runner = runner;
        this.claiming = new WorkLoop("runner", PAUSE, WorkLoop.AND_LATER, this::claim);
        this.renewing = new WorkLoop("runner leases", renewEvery, List.of(), this::renew);
    }

    /** Starts to work. */
    public void start() {
        claiming.start();
        renewing.start();
    }

    /** There may be work now; returns at once. */
    public void wake() {
        claiming.wake();
    }

    private boolean claim() {
        runner.claim().forEach(this::perform);
        return false;
    }

    private void perform(DueRun run) {
        Thread thread =
                Thread.ofVirtual()
                        .name("run " + run.machine() + "/" + run.number())
                        .unstarted(() -> performNow(run));
        performing.put(run.machine(), thread);
        thread.start();
    }

    private void performNow(DueRun run) {
        try {
            runner.perform(run);
        } catch (InterruptedException e) {
            LOG.infof("Run %d of machine %s is left to others", run.number(), run.machine());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Run %d of machine %s is tried again", run.number(), run.machine());
        } finally {
            performing.remove(run.machine(), Thread.currentThread());
            wake();
        }
    }

    private boolean renew() {
        runner.renew().forEach(this::interrupt);
        return false;
    }

    private void interrupt(String machine) {
        Thread thread = performing.get(machine);
        if (thread != null) {
            LOG.warnf("The lease on the run of machine %s was lost", machine);
            thread.interrupt();
        }
    }

    /** Lets go of all runs, so that another replica may take them up at once; steps go on. */
    @Override
    public void close() {
        claiming.close();
        renewing.close();
        var threads = Map.copyOf(performing).values();
        threads.forEach(Thread::interrupt);
        try {
            // For all together: whoever stops the daemon does not wait longer because it does more.
            long end = System.nanoTime() + FAREWELL.toNanos();
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
