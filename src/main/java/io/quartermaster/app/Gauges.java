package io.quartermaster.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quartermaster.runner.Runner;
import io.quartermaster.schedule.SpendingPass;
import io.quartermaster.ssh.SshExecutor;
import io.quartermaster.view.history.Subscriptions;
import io.quartermaster.view.history.Subscriptions.Standing;
import io.quartermaster.view.host.Hosts;
import io.quartermaster.view.machine.Machines;
import io.quartermaster.view.machine.Runs;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How things stand, for Prometheus: looked at now and then, so that scraping costs nothing. */
@Singleton
final class Gauges {
    private final Subscriptions subscriptions;
    private final Machines machines;
    private final Runs runs;
    private final Hosts hosts;
    private final MeterRegistry registry;
    private final MultiGauge behind;
    private final MultiGauge late;
    private final MultiGauge parked;
    private final MultiGauge dead;
    private final MultiGauge stopped;
    private final MultiGauge byPhase;
    private final MultiGauge byRunState;
    private final MultiGauge byHostState;

    @Inject
    Gauges(
            Subscriptions subscriptions,
            Machines machines,
            Runs runs,
            Hosts hosts,
            MeterRegistry registry) {
        this.subscriptions = subscriptions;
        this.machines = machines;
        this.runs = runs;
        this.hosts = hosts;
        this.registry = registry;
        behind = gauge("subscriber.behind", "events that a reader has not dealt with");
        late = gauge("subscriber.behind.seconds", "age of the first of these events");
        parked = gauge("subscriber.parked.streams", "streams that wait behind a failed event");
        dead = gauge("subscriber.dead.letters", "events that wait for a person's decision");
        stopped = gauge("subscriber.stopped", "1 when a reader cannot go on, see its reason");
        byPhase = gauge("machines", "machines that are not released, by phase");
        byRunState = gauge("runs", "runs that are not over, by state");
        byHostState = gauge("hosts", "hosts that are not retired, by state");
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder("quartermaster." + name)
                .description(description)
                .register(registry);
    }

    /** Those that cost nothing are read when they are asked for. */
    @Inject
    void bind(Runner runner, SshExecutor ssh, SpendingPass spending) {
        Gauge.builder("quartermaster.usage.unpriced", spending, SpendingPass::unpriced)
                .description("kinds of usage that nobody has a price for, each tenant's counted")
                .register(registry);
        Gauge.builder("quartermaster.runs.active", runner, Runner::active)
                .description("runs that this replica performs")
                .register(registry);
        Gauge.builder("quartermaster.ssh.connections", ssh, SshExecutor::openConnections)
                .description("connections of this replica to hosts")
                .register(registry);
    }

    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        var standings = subscriptions.all();
        behind.register(rows(standings, Standing::behind), true);
        late.register(rows(standings, standing -> standing.late().toMillis() / 1000.0), true);
        parked.register(rows(standings, Standing::parked), true);
        dead.register(rows(standings, Standing::deadLetters), true);
        stopped.register(rows(standings, each -> each.stopped() == null ? 0 : 1), true);
        byPhase.register(rows("phase", machines.countByPhase()), true);
        byRunState.register(rows("state", runs.countByState()), true);
        byHostState.register(rows("state", hosts.countByState()), true);
    }

    private static List<Row<?>> rows(List<Standing> standings, ToDoubleFunction<Standing> number) {
        return standings.stream()
                .<Row<?>>map(
                        each ->
                                Row.of(
                                        Tags.of("subscriber", each.name()),
                                        number.applyAsDouble(each)))
                .toList();
    }

    private static List<Row<?>> rows(String tag, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .<Row<?>>map(each -> Row.of(Tags.of(tag, each.getKey()), each.getValue()))
                .toList();
    }
}
