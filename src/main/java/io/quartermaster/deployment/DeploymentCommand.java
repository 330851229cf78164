package io.quartermaster.deployment;

import io.quartermaster.es.Wire;

/** What may be asked of a deployment. */
public sealed interface DeploymentCommand {

    /** Creates it, or changes what it shall be. */
    @Wire("deployment.apply")
    record Apply(DeploymentSpec spec) implements DeploymentCommand {}

    /** Changes only how many. */
    @Wire("deployment.scale")
    record Scale(int replicas) implements DeploymentCommand {}

    /**
     * Brings every machine to the present template and the plan's newest revision, in place and all
     * at once.
     */
    @Wire("deployment.restart")
    record Restart() implements DeploymentCommand {}

    /** Releases its machines, then ends it. */
    @Wire("deployment.delete")
    record Delete() implements DeploymentCommand {}

    /** Its tenant is closed: it is deleted, unless it is another's by now. */
    @Wire("deployment.lose-tenant")
    record LoseTenant(String tenant) implements DeploymentCommand {}

    /** New machines get this revision of the plan. */
    @Wire("deployment.adopt-revision")
    record AdoptRevision(String plan, int revision) implements DeploymentCommand {}

    /** The last machine is gone. */
    @Wire("deployment.confirm-deleted")
    record ConfirmDeleted() implements DeploymentCommand {}
}
