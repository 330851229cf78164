package io.quartermaster.runner;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.lease.Lease;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.step.StepExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Takes due runs within its limits and performs them. Has no thread of its own: {@link #claim} says
 * what to do, whoever calls decides where {@link #perform} runs, and calls {@link #renew} often
 * enough.
 */
public final class Runner {

    /** Begins the names of the leases on runs; the machine's id follows. */
    public static final String LEASE = "run/";

    /** Longer than views are mostly behind, shorter than the last look after a wake-up. */
    private static final Duration BREATHER = Duration.ofMillis(150);

    private static final Logger LOG = Logger.getLogger(Runner.class);

    private final DueRuns dueRuns;
    private final Leases leases;
    private final Dispatcher dispatcher;
    private final Aggregates aggregates;
    private final Execution.Tools tools;
    private final Map<String, Claim> active = new ConcurrentHashMap<>();
    private final Map<String, Left> left = new ConcurrentHashMap<>();

    /** A run that this runner has left off just now. */
    private record Left(int run, Instant at) {

        boolean isRecent(Instant now) {
            return !at.isAfter(now) && now.isBefore(at.plus(BREATHER));
        }
    }

    /** What a runner works with. */
    public record Ports(
            DueRuns dueRuns,
            Leases leases,
            Dispatcher dispatcher,
            Aggregates aggregates,
            EventLog log,
            StepExecutor executor,
            Secrets secrets,
            StepLog stepLog,
            InstantSource clock) {}

    /** A runner with nothing to do yet. */
    public Runner(Ports ports, RunnerSettings settings) {
        this.dueRuns = ports.dueRuns();
        this.leases = ports.leases();
        this.dispatcher = ports.dispatcher();
        this.aggregates = ports.aggregates();
        this.tools =
                new Execution.Tools(
                        ports.executor(),
                        new Targets(aggregates),
                        new Plans(ports.log()),
                        ports.secrets(),
                        ports.stepLog(),
                        settings,
                        ports.clock());
    }

    /** Takes as many due runs as the limits allow; each must be passed to {@link #perform}. */
    public List<DueRun> claim() {
        RunnerSettings settings = tools.settings();
        List<DueRun> busy = active.values().stream().map(Claim::run).toList();
        if (busy.size() >= settings.total()) {
            return List.of();
        }
        // More than can be taken: those of other runners, and those that a limit holds back, are
        // among them.
        Instant now = tools.clock().instant();
        left.values().removeIf(run -> !run.isRecent(now));
        List<DueRun> due =
                dueRuns.due(settings.total() * 2, now).stream()
                        .filter(run -> !active.containsKey(run.machine()) && !isJustLeft(run))
                        .toList();
        Map<String, DueRun> admitted =
                Admission.admit(busy, due, settings).stream()
                        .collect(
                                Collectors.toMap(
                                        run -> LEASE + run.machine(),
                                        Function.identity(),
                                        (a, b) -> a,
                                        LinkedHashMap::new));
        if (admitted.isEmpty()) {
            return List.of();
        }
        return taken(admitted, settings);
    }

    /** What says that it is due may not have seen yet what became of it. */
    private boolean isJustLeft(DueRun run) {
        Left last = left.get(run.machine());
        return last != null && last.run() == run.number();
    }

    private List<DueRun> taken(Map<String, DueRun> admitted, RunnerSettings settings) {
        List<DueRun> taken = new ArrayList<>();
        for (Lease lease :
                leases.acquireAny(
                        List.copyOf(admitted.keySet()),
                        settings.name(),
                        settings.lease(),
                        admitted.size())) {
            Optional.ofNullable(admitted.get(lease.name()))
                    .ifPresent(
                            run -> {
                                active.put(
                                        run.machine(),
                                        new Claim(run, lease, dispatcher, aggregates));
                                taken.add(run);
                            });
        }
        return taken;
    }

    /**
     * Performs a run that was claimed, until it is completed, failed, waits, or is lost. Then
     * others may have it.
     *
     * @throws InterruptedException when the daemon stops or the lease was lost; nothing is lost
     *     with it
     */
    public void perform(DueRun run) throws InterruptedException {
        Claim claim = active.get(run.machine());
        if (claim == null) {
            throw new IllegalStateException(
                    "the run of machine " + run.machine() + " was not claimed");
        }
        try {
            new Execution(claim, tools).perform();
        } catch (Claim.Refused behind) {
            LOG.debugf(
                    "Run %d of machine %s was not taken: %s",
                    run.number(), run.machine(), behind.getMessage());
        } catch (RunLost lost) {
            // Expected when another runner took over or the machine is being released: the log says
            // what happened. Whoever reads this replica's output shall know why it left off.
            LOG.infof(
                    "Run %d of machine %s was lost: %s",
                    run.number(), run.machine(), lost.getMessage());
        } finally {
            // An interrupt was for the run; it must not keep the lease from being given back.
            Thread.interrupted();
            left.put(run.machine(), new Left(run.number(), tools.clock().instant()));
            active.remove(run.machine());
            leases.release(claim.lease());
        }
    }

    /**
     * Prolongs the leases of all runs at work.
     *
     * @return machines whose runs were lost; their execution has to be interrupted
     */
    public List<String> renew() {
        Map<String, Claim> held = Map.copyOf(active);
        if (held.isEmpty()) {
            return List.of();
        }
        List<Lease> kept =
                leases.renew(
                        held.values().stream().map(Claim::lease).toList(),
                        tools.settings().lease());
        return held.values().stream()
                .filter(claim -> !kept.contains(claim.lease()))
                .map(claim -> claim.run().machine())
                .toList();
    }

    /** Runs at work. */
    public int active() {
        return active.size();
    }
}
