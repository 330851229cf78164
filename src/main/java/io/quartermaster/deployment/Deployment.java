package io.quartermaster.deployment;

/** The states of a deployment. */
public sealed interface Deployment {

    /** Never created, or deleted: the name is free. */
    record None() implements Deployment {}

    /**
     * Wanted.
     *
     * @param revision the plan's revision that new machines get, 0 until it is known
     */
    record Live(DeploymentSpec spec, int revision) implements Deployment {}

    /** Its machines are being released. */
    record Deleting(DeploymentSpec spec) implements Deployment {}
}
