package io.quartermaster.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quartermaster.billing.delivery.SinkState.Condition;
import io.quartermaster.sink.SinkCatalogue;
import io.quartermaster.view.delivery.Sinks;
import io.quartermaster.view.delivery.Sinks.Standing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How far sinks are, for Prometheus. */
@Singleton
final class SinkGauges {
    private final SinkCatalogue catalogue;
    private final Sinks sinks;
    private final MeterRegistry registry;
    private final MultiGauge behind;
    private final MultiGauge late;
    private final MultiGauge dead;
    private final MultiGauge stopped;

    @Inject
    SinkGauges(SinkCatalogue catalogue, Sinks sinks, MeterRegistry registry) {
        this.catalogue = catalogue;
        this.sinks = sinks;
        this.registry = registry;
        behind = gauge("behind", "slices that a sink has not dealt with");
        late = gauge("behind.seconds", "age of the first of these slices");
        dead = gauge("dead.letters", "slices that wait for a person's decision");
        stopped = gauge("stopped", "1 when a sink sends nothing, see its reason");
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder("quartermaster.sink." + name)
                .description(description)
                .register(registry);
    }

    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void look() {
        var standings =
                catalogue.all().stream().flatMap(each -> sinks.of(each.name()).stream()).toList();
        behind.register(rows(standings, Standing::behind), true);
        late.register(rows(standings, each -> each.late().toMillis() / 1000.0), true);
        dead.register(rows(standings, Standing::deadLetters), true);
        stopped.register(rows(standings, SinkGauges::isStopped), true);
    }

    private static double isStopped(Standing standing) {
        return standing.state().condition() == Condition.ACTIVE ? 0 : 1;
    }

    private static List<Row<?>> rows(List<Standing> standings, ToDoubleFunction<Standing> number) {
        return standings.stream()
                .<Row<?>>map(
                        each ->
                                Row.of(
                                        Tags.of("sink", each.state().sink()),
                                        number.applyAsDouble(each)))
                .toList();
    }
}
