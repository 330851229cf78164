package io.quartermaster.deployment;

import io.quartermaster.es.Wire;

/** What happens to a provisioning plan. */
public sealed interface PlanEvent {

    /** {@code revision} counts from 1; a revision never changes. */
    @Wire("plan.revised")
    record Revised(int revision, PlanSpec spec) implements PlanEvent {}

    @Wire("plan.subscribed")
    record Subscribed(String deployment, int revision) implements PlanEvent {}

    @Wire("plan.unsubscribed")
    record Unsubscribed(String deployment) implements PlanEvent {}

    @Wire("plan.deleted")
    record Deleted() implements PlanEvent {}
}
