package io.quartermaster.app;

import io.quartermaster.view.Database;
import io.quartermaster.view.Json;
import io.quartermaster.view.RepeatedRequests;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what only the HTTP door needs. */
final class DoorWiring {

    @Produces
    @Singleton
    RepeatedRequests repeatedRequests(Database database, Json json) {
        return new RepeatedRequests(database, json);
    }
}
