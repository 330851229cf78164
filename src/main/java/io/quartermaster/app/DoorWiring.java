package io.quartermaster.app;

import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.rest.Conserving;
import io.quartermaster.schedule.ConservationPass;
import io.quartermaster.view.Database;
import io.quartermaster.view.Json;
import io.quartermaster.view.RepeatedRequests;
import io.quartermaster.view.history.Subscriptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes what only the HTTP door needs. */
final class DoorWiring {

    @Produces
    @Singleton
    RepeatedRequests repeatedRequests(Database database, Json json) {
        return new RepeatedRequests(database, json);
    }

    @Produces
    @Singleton
    Subscriptions readers(EventLog log, SubscriptionStore store, InstantSource clock) {
        return new Subscriptions(log, store, clock);
    }

    @Produces
    @Singleton
    Conserving conserving(ConservationPass pass) {
        return pass::run;
    }
}
