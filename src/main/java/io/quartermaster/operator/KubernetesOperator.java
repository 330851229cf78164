package io.quartermaster.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.quartermaster.kube.Clusters;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Leads one term after the other: at once when it is alone, else whenever it is elected. A term
 * that breaks is followed by another; the daemon goes on with its other work meanwhile.
 */
public final class KubernetesOperator implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KubernetesOperator.class);
    private static final Duration BREATHER = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(8);

    /** The Lease that says who leads. */
    private static final String LEASE = "quartermaster-operator";

    private final OperatorSettings settings;
    private final Parts parts;
    private final Clusters clusters;
    private final Thread thread = Thread.ofVirtual().name("operator").unstarted(this::lead);
    private volatile @Nullable Term term;
    private volatile String trouble = "";
    private volatile boolean closed;

    /** Whether it works, for those who watch. */
    public enum State {
        OFF,
        LEADING,
        FOLLOWING,
        /** The API server cannot be reached, or does not send what changes. */
        DEGRADED
    }

    /**
     * @param clusters asked for its own cluster when that is first needed
     */
    public KubernetesOperator(OperatorSettings settings, Parts parts, Clusters clusters) {
        this.settings = settings;
        this.parts = parts;
        this.clusters = clusters;
    }

    /** Starts to work, if it is to work at all; returns at once. */
    public void start() {
        if (settings.enabled()) thread.start();
    }

    /** The log has grown. */
    public void wake() {
        var present = term;
        if (present != null) present.wake();
    }

    /** How it stands. */
    public State state() {
        if (!settings.enabled()) return State.OFF;
        var present = term;
        if (present != null) return present.isHealthy() ? State.LEADING : State.DEGRADED;
        return trouble.isEmpty() ? State.FOLLOWING : State.DEGRADED;
    }

    /** What keeps it from working, empty when nothing is known to. */
    public String trouble() {
        return trouble;
    }

    private void lead() {
        while (!closed) {
            try {
                var client = clusters.own();
                if (settings.election().needed()) stand(client);
                else serve(client);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                failed(e);
            }
            if (!closed && interruptedPause()) return;
        }
    }

    private void failed(RuntimeException e) {
        trouble = String.valueOf(e.getMessage());
        LOG.warnf("The Kubernetes operator goes on after a pause: %s", trouble);
        LOG.debug("Cause", e);
    }

    private static boolean interruptedPause() {
        try {
            Thread.sleep(BREATHER);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Serves one term, until it breaks or is interrupted. */
    private void serve(KubernetesClient client) throws InterruptedException {
        try (var present = new Term(client, settings, parts)) {
            present.start();
            term = present;
            trouble = "";
            LOG.info("The Kubernetes operator reconciles");
            present.awaitBroken();
            trouble = "the API server ended a watch for good; see the log before this";
        } finally {
            term = null;
        }
    }

    /** Serves whenever it is elected, until an election fails or a term breaks. */
    private void stand(KubernetesClient client) throws InterruptedException {
        var serving = new Serving(client);
        var done = elector(client, serving).start();
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the election ended: " + e.getMessage(), e);
        } catch (CancellationException e) {
            throw new IllegalStateException("the election was given up", e);
        } finally {
            // In this order: who is elected next must meet nobody at work.
            serving.stop();
            done.cancel(true);
        }
    }

    private LeaderElector elector(KubernetesClient client, Serving serving) {
        var election = settings.election();
        return client.leaderElector()
                .withConfig(
                        new LeaderElectionConfigBuilder()
                                .withName(LEASE)
                                .withLock(
                                        new LeaseLock(
                                                election.namespace(), LEASE, election.identity()))
                                .withLeaseDuration(election.lease())
                                .withRenewDeadline(election.lease().multipliedBy(2).dividedBy(3))
                                .withRetryPeriod(election.lease().dividedBy(5))
                                .withReleaseOnCancel(true)
                                .withLeaderCallbacks(
                                        new LeaderCallbacks(
                                                serving::start,
                                                serving::stop,
                                                leader -> trouble = ""))
                                .build())
                .build();
    }

    /** A term beside the election. */
    private final class Serving {
        private final KubernetesClient client;
        private @Nullable Thread worker;
        private volatile boolean ended;

        Serving(KubernetesClient client) {
            this.client = client;
        }

        synchronized void start() {
            ended = false;
            worker = Thread.ofVirtual().name("operator-term").start(this::serveAgain);
        }

        /** As long as it leads: nobody else would do the work. */
        private void serveAgain() {
            while (!ended) {
                try {
                    serve(client);
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    failed(e);
                }
                if (!ended && interruptedPause()) return;
            }
        }

        synchronized void stop() {
            if (worker == null) return;
            ended = true;
            worker.interrupt();
            join(worker, FAREWELL);
            worker = null;
        }
    }

    private static void join(Thread thread, Duration patience) {
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) return;
        closed = true;
        thread.interrupt();
        // Longer than a term has for its end, after which the Lease is given back.
        join(thread, FAREWELL.plusSeconds(2));
    }
}
