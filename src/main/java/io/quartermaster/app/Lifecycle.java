package io.quartermaster.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quartermaster.engine.follow.LogFollower;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.saga.OutboxLoop;
import io.quartermaster.operator.KubernetesOperator;
import io.quartermaster.runner.RunnerLoop;
import io.quartermaster.schedule.Passes;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Starts everything that works by itself, in order, and ends it in the opposite order. */
@Singleton
final class Lifecycle {

    private final LeaseKeeper keeper;
    private final Subscriptions subscriptions;
    private final OutboxLoop outbox;
    private final RunnerLoop runner;
    private final Passes passes;
    private final SinkWork sinks;
    private final KubernetesOperator operator;
    private final LogFollower follower;

    /** What works on the world outside. */
    record Outward(RunnerLoop runner, SinkWork sinks, KubernetesOperator operator) {}

    @Inject
    Lifecycle(
            LeaseKeeper keeper,
            Subscriptions subscriptions,
            OutboxLoop outbox,
            Outward outward,
            Passes passes,
            LogFollower.Source source) {
        this.keeper = keeper;
        this.subscriptions = subscriptions;
        this.outbox = outbox;
        this.runner = outward.runner();
        this.passes = passes;
        this.sinks = outward.sinks();
        this.operator = outward.operator();
        this.follower = source.follower(this::wake);
    }

    void onStart(@Observes @Priority(1) StartupEvent started, Leases leases, Settings settings) {
        if (settings.embedded()) {
            // Nobody else can be alive on this database, so what is held was held by the dead.
            leases.held().forEach(leases::release);
        }
        follower.start();
        subscriptions.start();
        outbox.start();
        keeper.start();
        runner.start();
        passes.start();
        sinks.start();
        operator.start();
    }

    private void wake() {
        subscriptions.wake();
        outbox.wake();
        runner.wake();
        passes.wake();
        sinks.wake();
        operator.wake();
    }

    void onStop(@Observes ShutdownEvent stopping) {
        follower.close();
        operator.close();
        sinks.close();
        passes.close();
        runner.close();
        outbox.close();
        subscriptions.close();
        keeper.close();
    }
}
