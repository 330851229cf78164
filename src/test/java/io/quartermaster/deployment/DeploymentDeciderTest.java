package io.quartermaster.deployment;

import static io.quartermaster.deployment.Samples.deployment;
import static io.quartermaster.es.Scenario.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentDeciderTest {

    private static Scenario<DeploymentCommand, Deployment, DeploymentEvent> none() {
        return given(new DeploymentDecider());
    }

    private static Scenario<DeploymentCommand, Deployment, DeploymentEvent> created() {
        return none().after(new DeploymentCommand.Apply(deployment(3)));
    }

    private static Scenario<DeploymentCommand, Deployment, DeploymentEvent> adopted() {
        return created().after(new DeploymentCommand.AdoptRevision("base", 4));
    }

    private static Scenario<DeploymentCommand, Deployment, DeploymentEvent> deleting() {
        return adopted().after(new DeploymentCommand.Delete());
    }

    @Test
    void what_is_applied_first_is_created() {
        none().when(new DeploymentCommand.Apply(deployment(3)))
                .then(new DeploymentEvent.Created(deployment(3)));
    }

    @Test
    void what_is_applied_again_unchanged_changes_nothing() {
        created().when(new DeploymentCommand.Apply(deployment(3))).then();
    }

    @Test
    void what_is_applied_otherwise_is_a_change() {
        created()
                .when(new DeploymentCommand.Apply(deployment(5)))
                .then(new DeploymentEvent.Changed(deployment(5)));
    }

    @Test
    void a_deployment_keeps_its_owner() {
        var spec = deployment(3);
        var stolen = new DeploymentSpec("evil", 3, spec.template(), Map.of());
        created().when(new DeploymentCommand.Apply(stolen)).thenRejected("tenant-immutable");
    }

    @Test
    void it_is_scaled() {
        created().when(new DeploymentCommand.Scale(0)).then(new DeploymentEvent.Scaled(0));
    }

    @Test
    void scaling_to_what_it_is_changes_nothing() {
        created().when(new DeploymentCommand.Scale(3)).then();
    }

    @Test
    void applying_after_scaling_compares_with_what_it_was_scaled_to() {
        created()
                .after(new DeploymentCommand.Scale(5))
                .when(new DeploymentCommand.Apply(deployment(3)))
                .then(new DeploymentEvent.Changed(deployment(3)));
    }

    @Test
    void a_newer_revision_of_its_plan_is_adopted() {
        adopted()
                .when(new DeploymentCommand.AdoptRevision("base", 5))
                .then(new DeploymentEvent.RevisionAdopted("base", 5));
    }

    @Test
    void older_revisions_and_other_plans_are_not_adopted() {
        for (var late :
                List.of(
                        new DeploymentCommand.AdoptRevision("base", 4),
                        new DeploymentCommand.AdoptRevision("base", 3),
                        new DeploymentCommand.AdoptRevision("other", 9))) {
            adopted().when(late).then();
        }
    }

    @Test
    void another_plan_counts_its_revisions_anew() {
        adopted()
                .after(new DeploymentCommand.Apply(deployment(3, "other", "small")))
                .when(new DeploymentCommand.AdoptRevision("other", 1))
                .then(new DeploymentEvent.RevisionAdopted("other", 1));
    }

    @Test
    void a_restart_needs_a_revision_to_restart_with() {
        created().when(new DeploymentCommand.Restart()).thenRejected("revision-unknown");
    }

    @Test
    void it_is_restarted_as_often_as_asked() {
        adopted()
                .after(new DeploymentCommand.Restart())
                .when(new DeploymentCommand.Restart())
                .then(new DeploymentEvent.Restarted());
    }

    @Test
    void it_is_deleted_in_two_steps() {
        assertEquals(new Deployment.Deleting(deployment(3)), deleting().state());
        deleting().when(new DeploymentCommand.ConfirmDeleted()).then(new DeploymentEvent.Deleted());
    }

    @Test
    void nothing_is_changed_while_it_is_being_deleted() {
        for (var late :
                List.of(
                        new DeploymentCommand.Apply(deployment(9)),
                        new DeploymentCommand.Scale(9),
                        new DeploymentCommand.Restart())) {
            deleting().when(late).thenRejected("deployment-deleting");
        }
    }

    @Test
    void deleting_twice_is_deleting_once() {
        deleting().when(new DeploymentCommand.Delete()).then();
    }

    @Test
    void a_late_revision_does_not_disturb_the_deletion() {
        deleting().when(new DeploymentCommand.AdoptRevision("base", 9)).then();
        none().when(new DeploymentCommand.AdoptRevision("base", 9)).then();
    }

    @Test
    void a_confirmation_that_nobody_asked_for_deletes_nothing() {
        created().when(new DeploymentCommand.ConfirmDeleted()).then();
    }

    @Test
    void its_name_is_free_afterwards() {
        deleting()
                .after(new DeploymentCommand.ConfirmDeleted())
                .when(new DeploymentCommand.Apply(deployment(1)))
                .then(new DeploymentEvent.Created(deployment(1)));
    }

    @Test
    void what_does_not_exist_is_unknown() {
        for (var command :
                List.of(
                        new DeploymentCommand.Scale(1),
                        new DeploymentCommand.Restart(),
                        new DeploymentCommand.Delete())) {
            none().when(command).thenRejected("deployment-unknown");
        }
    }
}
