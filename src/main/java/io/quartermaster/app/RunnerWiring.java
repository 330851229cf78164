package io.quartermaster.app;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.lease.Lease;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.runner.DueRun;
import io.quartermaster.runner.DueRuns;
import io.quartermaster.runner.Runner;
import io.quartermaster.runner.RunnerLoop;
import io.quartermaster.runner.RunnerSettings;
import io.quartermaster.runner.StepLog;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.view.machine.RunLog;
import io.quartermaster.view.machine.Runs;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** Makes the runner, and lends it the views it works with. */
final class RunnerWiring {

    private final Dispatcher dispatcher;
    private final Aggregates aggregates;
    private final EventLog log;
    private final Leases leases;
    private final InstantSource clock;

    @Inject
    RunnerWiring(
            Dispatcher dispatcher,
            Aggregates aggregates,
            EventLog log,
            Leases leases,
            InstantSource clock) {
        this.dispatcher = dispatcher;
        this.aggregates = aggregates;
        this.log = log;
        this.leases = leases;
        this.clock = clock;
    }

    @Produces
    @Singleton
    Replica replica() {
        return Replica.ofThisProcess();
    }

    @Produces
    @Singleton
    RunnerSettings settings(Settings settings, Replica replica) {
        Settings.Runner limits = settings.runner();
        return new RunnerSettings(
                replica.name(),
                limits.total(),
                limits.perPool(),
                limits.perBastion(),
                limits.perTenant(),
                limits.lease(),
                limits.patience());
    }

    @Produces
    @Singleton
    Runner runner(
            RunnerSettings settings,
            Runs runs,
            RunLog runLog,
            StepExecutor executor,
            SecretSources secrets) {
        DueRuns due = (limit, now) -> due(runs, limit, now);
        var ports =
                new Runner.Ports(
                        due,
                        leases,
                        dispatcher,
                        aggregates,
                        log,
                        executor,
                        secrets,
                        stepLog(runLog),
                        clock);
        return new Runner(ports, settings);
    }

    @Produces
    @Singleton
    RunnerLoop loop(Runner runner, RunnerSettings settings) {
        return new RunnerLoop(runner, settings.lease().dividedBy(3));
    }

    /** The runs that are due and in nobody's hands. */
    private List<DueRun> due(Runs runs, int limit, Instant now) {
        if (runs.due(1, now, List.of()).isEmpty()) {
            return List.of(); // most often
        }
        List<String> taken =
                leases.held().stream()
                        .map(Lease::name)
                        .filter(name -> name.startsWith(Runner.LEASE))
                        .map(name -> name.substring(Runner.LEASE.length()))
                        .toList();
        return runs.due(limit, now, taken).stream().map(RunnerWiring::due).toList();
    }

    private static DueRun due(io.quartermaster.view.machine.DueRun run) {
        return new DueRun(
                run.machine(),
                run.number(),
                run.tenant(),
                Objects.requireNonNullElse(run.pool(), ""),
                Objects.requireNonNullElse(run.bastion(), ""));
    }

    private StepLog stepLog(RunLog log) {
        return new StepLog() {
            @Override
            public void begin(String machine, int run, int index, int attempt) {
                log.begin(machine, run, index, attempt);
            }

            @Override
            public void append(String machine, int run, int index, String text) {
                log.append(machine, run, index, clock.instant(), text);
            }
        };
    }
}
