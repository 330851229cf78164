package io.quartermaster.app;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.operator.KubernetesOperator;
import io.quartermaster.runner.RunnerLoop;
import io.quartermaster.sink.BudgetAlerts;
import io.quartermaster.sink.Couriers;
import io.quartermaster.sink.HttpTransport;
import io.quartermaster.sink.SinkCatalogue;
import io.quartermaster.sink.SinkDelivery;
import io.quartermaster.view.Json;
import io.quartermaster.view.delivery.Sinks;
import io.quartermaster.view.delivery.StoredDeliveries;
import io.quartermaster.view.delivery.UsageFeed;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** Makes what sends usage on. */
final class SinkWiring {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Produces
    @Singleton
    SinkCatalogue catalogue(Settings settings) {
        return new SinkCatalogue(ConfiguredSinks.of(settings.sinks()));
    }

    @Produces
    @Singleton
    HttpTransport transport() {
        return new HttpTransport(PATIENCE);
    }

    void close(@Disposes HttpTransport transport) {
        transport.close();
    }

    @Produces
    @Singleton
    Couriers couriers(HttpTransport transport, SecretSources secrets) {
        return new Couriers(transport, secrets::value);
    }

    @Produces
    @Singleton
    Sinks sinks(DataSource source, Json json, InstantSource clock) {
        return new Sinks(source, json, clock);
    }

    @Produces
    @Singleton
    SinkDelivery.Ports ports(DataSource source, Json json, InstantSource clock) {
        return new SinkDelivery.Ports(
                new StoredDeliveries(source, json), clock, RandomGenerator.getDefault());
    }

    @Produces
    @Singleton
    SinkWork work(
            SinkCatalogue sinks,
            Couriers couriers,
            SinkDelivery.Ports ports,
            UsageFeed feed,
            LeaseKeeper keeper) {
        return new SinkWork(sinks, couriers, ports, feed, keeper);
    }

    @Produces
    @Singleton
    Lifecycle.Outward outward(RunnerLoop runner, SinkWork sinks, KubernetesOperator operator) {
        return new Lifecycle.Outward(runner, sinks, operator);
    }

    @Produces
    @Singleton
    UsageFeed feed(DataSource source, Json json) {
        return new UsageFeed(source, json, UsageFeed.Limits.ORDINARY);
    }

    @Produces
    @Singleton
    BudgetAlerts budgetAlerts(Aggregates aggregates, HttpTransport transport, InstantSource clock) {
        return new BudgetAlerts(aggregates, transport, clock);
    }
}
