package io.quartermaster.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.saga.OutboxLoop;
import io.quartermaster.runner.RunnerLoop;
import io.quartermaster.schedule.Passes;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Starts everything that works by itself, in order, and ends it in the opposite order. */
@Singleton
final class Lifecycle {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final EventLog log;
    private final Subscriptions subscriptions;
    private final OutboxLoop outbox;
    private final RunnerLoop runner;
    private final Passes passes;
    private final WorkLoop others =
            new WorkLoop("log of others", LOOK_EVERY, List.of(), this::look);
    private long seen;

    @Inject
    Lifecycle(
            EventLog log,
            Subscriptions subscriptions,
            OutboxLoop outbox,
            RunnerLoop runner,
            Passes passes) {
        this.log = log;
        this.subscriptions = subscriptions;
        this.outbox = outbox;
        this.runner = runner;
        this.passes = passes;
    }

    void onStart(@Observes @Priority(1) StartupEvent started, Leases leases, Settings settings) {
        if (settings.embedded()) {
            // Nobody else can be alive on this database, so what is held was held by the dead.
            leases.held().forEach(leases::release);
        }
        log.onAppend(this::wake);
        subscriptions.start();
        outbox.start();
        runner.start();
        passes.start();
        if (!settings.embedded()) others.start();
    }

    /** An append of another replica calls nobody here, so somebody looks. */
    private boolean look() {
        long head = log.head();
        if (head > seen) wake();
        seen = head;
        return false;
    }

    private void wake() {
        subscriptions.wake();
        outbox.wake();
        runner.wake();
        passes.wake();
    }

    void onStop(@Observes ShutdownEvent stopping) {
        others.close();
        passes.close();
        runner.close();
        outbox.close();
        subscriptions.close();
    }
}
