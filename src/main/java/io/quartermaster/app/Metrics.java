package io.quartermaster.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quartermaster.engine.Meters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the log reports, for Prometheus. */
@Singleton
final class Metrics implements Meters {

    private final MeterRegistry registry;
    private final Timer appends;

    @Inject
    Metrics(MeterRegistry registry) {
        this.registry = registry;
        this.appends =
                Timer.builder("quartermaster.log.append")
                        .description("transactions that append to the log")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
    }

    @Override
    public void appended(int commands, int events, Duration took) {
        appends.record(took);
        registry.counter("quartermaster.log.commands").increment(commands);
        registry.counter("quartermaster.log.events").increment(events);
    }

    @Override
    public void conflicted() {
        registry.counter("quartermaster.log.conflicts").increment();
    }

    @Override
    public void overloaded() {
        registry.counter("quartermaster.log.overloads").increment();
    }
}
