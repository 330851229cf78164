package io.quartermaster.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.es.Envelope;
import io.quartermaster.machine.MachineEvent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** How long steps take, for Prometheus; each step is counted by one of the replicas. */
@Singleton
final class StepTimes {
    private final MeterRegistry registry;

    @Inject
    StepTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    Subscription subscription() {
        return Subscription.effect("step-times.v1", Set.of(MachineEvent.class), this::handle);
    }

    private void handle(Envelope<?> envelope) {
        if (!(envelope.event() instanceof MachineEvent.StepFinished finished)) return;
        var report = finished.report();
        Timer.builder("quartermaster.step")
                .description("attempts of steps, by how they ended")
                .tag("outcome", report.outcome().name().toLowerCase(Locale.ROOT))
                .publishPercentiles(0.5, 0.99)
                .register(registry)
                .record(Duration.ofMillis(report.millis()));
    }
}
