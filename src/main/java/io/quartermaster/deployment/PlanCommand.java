package io.quartermaster.deployment;

import io.quartermaster.es.Wire;

/** What may be asked of a provisioning plan. */
public sealed interface PlanCommand {

    /** Makes the next revision, unless nothing changes. */
    @Wire("plan.revise")
    record Revise(PlanSpec spec) implements PlanCommand {}

    /** Withdraws it; machines that were made with it keep their revision. */
    @Wire("plan.delete")
    record Delete() implements PlanCommand {}

    /**
     * A deployment uses the plan from here on; answered by an event that carries the newest
     * revision.
     */
    @Wire("plan.subscribe")
    record Subscribe(String deployment) implements PlanCommand {}

    /** A deployment no longer uses it. */
    @Wire("plan.unsubscribe")
    record Unsubscribe(String deployment) implements PlanCommand {}
}
