package io.quartermaster.runner;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** A runner at work: one thread that claims, one that renews, one virtual thread for each run. */
public final class RunnerLoop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RunnerLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final Runner runner;
    private final Duration renewEvery;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Map<String, Thread> performing = new ConcurrentHashMap<>();
    private final Thread claimer;
    private final Thread renewer;
    private volatile boolean closing;

    /**
     * @param renewEvery a third of the leases' length, or less
     */
    public RunnerLoop(Runner runner, Duration renewEvery) {
        this.runner = runner;
        this.renewEvery = renewEvery;
        this.claimer = Thread.ofVirtual().name("runner").unstarted(this::claimForEver);
        this.renewer = Thread.ofVirtual().name("runner leases").unstarted(this::renewForEver);
    }

    /** Starts to work. */
    public void start() {
        claimer.start();
        renewer.start();
    }

    /** There may be work now; returns at once. */
    public void wake() {
        wakeUp.release();
    }

    private void claimForEver() {
        while (!closing) {
            try {
                runner.claim().forEach(this::perform);
                if (wakeUp.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUp.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("The runner could not look for work and tries again", e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
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
            performing.remove(run.machine());
            wake();
        }
    }

    private void renewForEver() {
        while (!closing) {
            try {
                Thread.sleep(renewEvery);
                runner.renew().forEach(this::interrupt);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // The leases end by themselves when this goes on, and others take over.
                LOG.warn("Leases could not be renewed", e);
            }
        }
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
        closing = true;
        claimer.interrupt();
        renewer.interrupt();
        performing.values().forEach(Thread::interrupt);
        try {
            for (Thread thread : performing.values()) {
                thread.join(FAREWELL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
