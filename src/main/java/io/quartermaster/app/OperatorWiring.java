package io.quartermaster.app;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.kube.Clusters;
import io.quartermaster.operator.KubernetesOperator;
import io.quartermaster.operator.OperatorSettings;
import io.quartermaster.operator.OperatorSettings.Election;
import io.quartermaster.operator.Parts;
import io.quartermaster.operator.Views;
import io.quartermaster.view.CaughtUp;
import io.quartermaster.view.Existing;
import io.quartermaster.view.deployment.Classes;
import io.quartermaster.view.deployment.Deployments;
import io.quartermaster.view.deployment.Plans;
import io.quartermaster.view.host.Hosts;
import io.quartermaster.view.machine.Machines;
import io.quartermaster.view.tenant.Tenants;
import io.quartermaster.view.volume.Volumes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

/** Makes the door of Kubernetes. */
final class OperatorWiring {

    @Produces
    @Singleton
    Views.Catalogue catalogue(Tenants tenants, Classes classes, Plans plans, Volumes volumes) {
        return new Views.Catalogue(tenants, classes, plans, volumes);
    }

    @Produces
    @Singleton
    Views.Fleet fleet(Hosts hosts, Deployments deployments, Machines machines) {
        return new Views.Fleet(hosts, deployments, machines);
    }

    @Produces
    @Singleton
    Views views(Views.Catalogue catalogue, Views.Fleet fleet, CaughtUp caughtUp) {
        return new Views(catalogue, fleet, caughtUp);
    }

    @Produces
    @Singleton
    Parts parts(
            EventLog log,
            Dispatcher dispatcher,
            Aggregates aggregates,
            Existing existing,
            Views views,
            InstantSource clock) {
        return new Parts(log, dispatcher, aggregates, existing, views, clock, UUID::randomUUID);
    }

    @Produces
    @Singleton
    OperatorSettings settings(Settings settings, Replica replica) {
        var operator = settings.operator();
        return new OperatorSettings(
                operator.enabled(),
                operator.namespaces().orElse(Set.of()),
                operator.resync(),
                new Election(
                        // Nobody else can work on an embedded database.
                        !settings.embedded(),
                        replica.name(),
                        operator.leaseNamespace(),
                        operator.lease()));
    }

    @Produces
    @Singleton
    KubernetesOperator operator(OperatorSettings settings, Parts parts, Clusters clusters) {
        return new KubernetesOperator(settings, parts, clusters);
    }
}
