package io.quartermaster.deployment;

import static io.quartermaster.deployment.Samples.plan;
import static io.quartermaster.es.Scenario.given;

import io.quartermaster.es.Scenario;
import org.junit.jupiter.api.Test;

class PlanDeciderTest {

    private static Scenario<PlanCommand, Plan, PlanEvent> none() {
        return given(new PlanDecider());
    }

    private static Scenario<PlanCommand, Plan, PlanEvent> saved() {
        return none().after(new PlanCommand.Revise(plan("echo 1")));
    }

    private static Scenario<PlanCommand, Plan, PlanEvent> used() {
        return saved().after(new PlanCommand.Subscribe("web"));
    }

    @Test
    void the_first_revision_is_one() {
        none().when(new PlanCommand.Revise(plan("echo 1")))
                .then(new PlanEvent.Revised(1, plan("echo 1")));
    }

    @Test
    void what_is_saved_unchanged_is_no_revision() {
        saved().when(new PlanCommand.Revise(plan("echo 1"))).then();
    }

    @Test
    void every_change_is_a_revision() {
        saved().when(new PlanCommand.Revise(plan("echo 2")))
                .then(new PlanEvent.Revised(2, plan("echo 2")));
    }

    @Test
    void a_revision_keeps_the_users() {
        used().after(new PlanCommand.Revise(plan("echo 2")))
                .when(new PlanCommand.Delete())
                .thenRejected("plan-in-use");
    }

    @Test
    void who_uses_a_plan_is_told_its_revision() {
        saved().when(new PlanCommand.Subscribe("web")).then(new PlanEvent.Subscribed("web", 1));
    }

    @Test
    void a_plan_is_used_once_by_each() {
        used().when(new PlanCommand.Subscribe("web")).then();
    }

    @Test
    void a_plan_that_does_not_exist_cannot_be_used() {
        none().when(new PlanCommand.Subscribe("web")).thenRejected("plan-unknown");
    }

    @Test
    void a_plan_that_is_used_stays() {
        used().when(new PlanCommand.Delete()).thenRejected("plan-in-use");
    }

    @Test
    void a_plan_that_nobody_uses_any_more_can_be_deleted() {
        used().after(new PlanCommand.Unsubscribe("web"))
                .when(new PlanCommand.Delete())
                .then(new PlanEvent.Deleted());
    }

    @Test
    void who_does_not_use_it_does_not_leave_it() {
        saved().when(new PlanCommand.Unsubscribe("web")).then();
        none().when(new PlanCommand.Unsubscribe("web")).then();
    }

    @Test
    void a_deleted_plan_is_deleted_once_and_cannot_be_used() {
        saved().after(new PlanCommand.Delete()).when(new PlanCommand.Delete()).then();
        saved().after(new PlanCommand.Delete())
                .when(new PlanCommand.Subscribe("web"))
                .thenRejected("plan-unknown");
    }

    @Test
    void numbers_are_never_used_twice() {
        saved().after(new PlanCommand.Delete())
                .when(new PlanCommand.Revise(plan("echo 1")))
                .then(new PlanEvent.Revised(2, plan("echo 1")));
    }
}
