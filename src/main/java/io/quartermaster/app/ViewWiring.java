package io.quartermaster.app;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.view.Database;
import io.quartermaster.view.Existing;
import io.quartermaster.view.Json;
import io.quartermaster.view.deployment.Classes;
import io.quartermaster.view.deployment.Deployments;
import io.quartermaster.view.deployment.Plans;
import io.quartermaster.view.history.Events;
import io.quartermaster.view.history.Past;
import io.quartermaster.view.host.Hosts;
import io.quartermaster.view.host.Inspections;
import io.quartermaster.view.host.Inventory;
import io.quartermaster.view.host.Provided;
import io.quartermaster.view.ledger.Charges;
import io.quartermaster.view.ledger.Conservation;
import io.quartermaster.view.ledger.Invoices;
import io.quartermaster.view.ledger.Verification;
import io.quartermaster.view.machine.MachinePast;
import io.quartermaster.view.machine.Machines;
import io.quartermaster.view.machine.RunLog;
import io.quartermaster.view.machine.Runs;
import io.quartermaster.view.tenant.Tenants;
import io.quartermaster.view.usage.Usage;
import io.quartermaster.view.volume.Volumes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Makes the read side. */
final class ViewWiring {

    @Produces
    @Singleton
    Json json(Codec codec) {
        return new Json(codec);
    }

    @Produces
    @Singleton
    Database viewDatabase(DataSource source, Json json) {
        return new Database(source, json);
    }

    @Produces
    @Singleton
    Hosts hosts(Database database) {
        return new Hosts(database);
    }

    @Produces
    @Singleton
    Provided provided(Database database) {
        return new Provided(database);
    }

    @Produces
    @Singleton
    Inspections inspections(Database database, Json json) {
        return new Inspections(database, json);
    }

    @Produces
    @Singleton
    Machines machines(Database database) {
        return new Machines(database);
    }

    @Produces
    @Singleton
    Runs runs(Database database) {
        return new Runs(database);
    }

    @Produces
    @Singleton
    RunLog runLog(Database database) {
        return new RunLog(database);
    }

    @Produces
    @Singleton
    Deployments deployments(Database database) {
        return new Deployments(database);
    }

    @Produces
    @Singleton
    Plans plans(Database database) {
        return new Plans(database);
    }

    @Produces
    @Singleton
    Classes classes(Database database) {
        return new Classes(database);
    }

    @Produces
    @Singleton
    Volumes volumes(Database database) {
        return new Volumes(database);
    }

    @Produces
    @Singleton
    Tenants tenants(Database database) {
        return new Tenants(database);
    }

    @Produces
    @Singleton
    Usage usage(DataSource source, Json json) {
        return new Usage(source, json);
    }

    @Produces
    @Singleton
    Invoices invoices(DataSource source, Json json) {
        return new Invoices(source, json);
    }

    @Produces
    @Singleton
    Conservation conservation(DataSource source) {
        return new Conservation(source);
    }

    @Produces
    @Singleton
    Verification verification(DataSource source, EventLog log, Json json) {
        return new Verification(source, log, json);
    }

    @Produces
    @Singleton
    Charges charges(DataSource source, Json json) {
        return new Charges(source, json);
    }

    @Produces
    @Singleton
    Existing existing(Aggregates aggregates) {
        return new Existing(aggregates);
    }

    @Produces
    @Singleton
    Past past(Database database, Aggregates aggregates) {
        return new Past(database, aggregates);
    }

    @Produces
    @Singleton
    MachinePast machinePast(Past past, Json json) {
        return new MachinePast(past, json);
    }

    @Produces
    @Singleton
    Events events(EventLog log, Aggregates aggregates, Codec codec, Database database) {
        return new Events(log, aggregates, codec, database);
    }

    @Produces
    @Singleton
    Inventory inventory(Database database, EventLog log) {
        return new Inventory(database, log);
    }
}
