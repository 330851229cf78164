package io.quartermaster.app;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.kube.Clusters;
import io.quartermaster.kube.instance.Instances;
import io.quartermaster.kube.instance.KubeInstances;
import io.quartermaster.schedule.provider.ProviderPass;
import io.quartermaster.view.host.Inspections;
import io.quartermaster.view.host.Provided;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;

/** Makes what makes hosts. Nothing of it reaches for a cluster before a class asks for one. */
final class ProviderWiring {

    @Produces
    @Singleton
    Instances instances(Clusters clusters, Provided provided) {
        return KubeInstances.in(clusters, provided.installation());
    }

    @Produces
    @Singleton
    ProviderPass provider(
            Provided provided,
            Inspections inspections,
            Instances instances,
            Aggregates aggregates,
            Dispatcher dispatcher,
            InstantSource clock) {
        return new ProviderPass(
                new ProviderPass.Ports(
                        provided,
                        inspections,
                        instances,
                        aggregates,
                        dispatcher,
                        clock,
                        UUID::randomUUID));
    }
}
