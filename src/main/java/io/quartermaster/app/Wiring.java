package io.quartermaster.app;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Database;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Meters;
import io.quartermaster.engine.PostgresLog;
import io.quartermaster.engine.Rules;
import io.quartermaster.engine.follow.LogFollower;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.lease.Leases;
import io.quartermaster.engine.lease.PostgresLeases;
import io.quartermaster.engine.saga.Outbox;
import io.quartermaster.engine.saga.OutboxLoop;
import io.quartermaster.engine.saga.PostgresSagas;
import io.quartermaster.engine.saga.SagaHost;
import io.quartermaster.engine.saga.SagaStore;
import io.quartermaster.engine.subscription.PostgresSubscriptions;
import io.quartermaster.engine.subscription.Projections;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.schedule.AllocationPass;
import io.quartermaster.schedule.InspectionPass;
import io.quartermaster.schedule.InvoicingPass;
import io.quartermaster.schedule.Passes;
import io.quartermaster.schedule.provider.ProviderPass;
import io.quartermaster.sink.BudgetAlerts;
import io.quartermaster.view.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** Makes the engine's parts of each other. */
final class Wiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Codec codec() {
        return Domain.codec();
    }

    @Produces
    @Singleton
    Rules rules() {
        return Domain.rules();
    }

    @Produces
    @Singleton
    Database database(DataSource source) {
        return new Database(source);
    }

    @Produces
    @Singleton
    PostgresLog log(Database database, Codec codec, Meters meters) {
        return new PostgresLog(database, codec, PostgresLog.Limits.ORDINARY, meters);
    }

    @Produces
    @Singleton
    Aggregates aggregates(Rules rules, EventLog log) {
        return new Aggregates(rules, log);
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(Rules rules, Aggregates aggregates, EventLog log) {
        return new Dispatcher(rules, aggregates, log);
    }

    @Produces
    @Singleton
    SagaStore sagas(Database database, Codec codec) {
        return new PostgresSagas(database, codec);
    }

    @Produces
    @Singleton
    Outbox outbox(SagaStore sagas, Dispatcher dispatcher, InstantSource clock) {
        return new Outbox(sagas, dispatcher, clock);
    }

    @Produces
    @Singleton
    OutboxLoop outboxLoop(Outbox outbox, LeaseKeeper keeper) {
        return new OutboxLoop(outbox, keeper, Executors.newVirtualThreadPerTaskExecutor());
    }

    @Produces
    @Singleton
    Leases leases(Database database) {
        return new PostgresLeases(database);
    }

    @Produces
    @Singleton
    SubscriptionStore subscriptionStore(Database database) {
        return new PostgresSubscriptions(database);
    }

    @Produces
    @Singleton
    Subscriber.Ports subscriberPorts(EventLog log, SubscriptionStore store, InstantSource clock) {
        return new Subscriber.Ports(
                log, store, SubscriberSettings.ordinary(clock, RandomGenerator.getDefault()));
    }

    @Produces
    @Singleton
    LeaseKeeper leaseKeeper(Leases leases, Replica replica, InstantSource clock) {
        return new LeaseKeeper(leases, replica.name(), clock);
    }

    @Produces
    @Singleton
    LogFollower.Source followed(EventLog log, Database database, Settings settings) {
        return new LogFollower.Source(log, database, !settings.embedded());
    }

    @Produces
    @Singleton
    Projections projections(Database database, Json json, InstantSource clock) {
        return new Projections(database, Domain.projections(json), clock);
    }

    @Produces
    @Singleton
    Subscriptions subscriptions(
            Subscriptions.Views views,
            SagaStore sagas,
            StepTimes stepTimes,
            BudgetAlerts budgetAlerts,
            Subscriber.Ports ports,
            LeaseKeeper keeper) {
        var host = new SagaHost(sagas);
        var others = new ArrayList<Subscription>();
        Domain.sagas().forEach(saga -> others.add(host.subscription(saga)));
        others.add(stepTimes.subscription());
        others.add(budgetAlerts.subscription());
        return new Subscriptions(views, others, ports, keeper);
    }

    @Produces
    @Singleton
    Subscriptions.Views views(Projections projections, Json json) {
        return new Subscriptions.Views(projections, Domain.projections(json));
    }

    @Produces
    @Singleton
    Passes passes(
            AllocationPass allocation,
            ProviderPass provider,
            InspectionPass inspection,
            InvoicingPass invoicing) {
        return new Passes(allocation, provider, inspection, invoicing);
    }
}
