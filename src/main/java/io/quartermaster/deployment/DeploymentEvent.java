package io.quartermaster.deployment;

import io.quartermaster.es.Wire;

/** What happens to a deployment. */
public sealed interface DeploymentEvent {

    @Wire("deployment.created")
    record Created(DeploymentSpec spec) implements DeploymentEvent {}

    @Wire("deployment.changed")
    record Changed(DeploymentSpec spec) implements DeploymentEvent {}

    @Wire("deployment.scaled")
    record Scaled(int replicas) implements DeploymentEvent {}

    @Wire("deployment.revision-adopted")
    record RevisionAdopted(String plan, int revision) implements DeploymentEvent {}

    @Wire("deployment.restarted")
    record Restarted() implements DeploymentEvent {}

    @Wire("deployment.delete-requested")
    record DeleteRequested() implements DeploymentEvent {}

    @Wire("deployment.deleted")
    record Deleted() implements DeploymentEvent {}
}
