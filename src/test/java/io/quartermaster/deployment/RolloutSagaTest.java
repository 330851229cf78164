package io.quartermaster.deployment;

import static io.quartermaster.deployment.Samples.deployment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Effect.Send;
import io.quartermaster.es.Story;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.RunKind;
import io.quartermaster.step.Failure;
import io.quartermaster.tenant.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutSagaTest {

    private static final StreamId WEB = new StreamId(DeploymentDecider.STREAM, "web");
    private static final Failure WHY = new Failure("x", "y", "z", Failure.Retry.POINTLESS);

    private final Story<RolloutSaga.State> story = new Story<>(new RolloutSaga());

    private List<Effect> web(DeploymentEvent... events) {
        return story.on(WEB, List.of(events));
    }

    private List<Effect> machine(String id, MachineEvent... events) {
        return story.on(new StreamId(MachineDecider.STREAM, id), List.of(events));
    }

    /** A deployment of so many, with the machines that were asked for. */
    private List<String> running(int replicas) {
        return requested(
                web(
                        new DeploymentEvent.Created(deployment(replicas)),
                        new DeploymentEvent.RevisionAdopted("base", 1)));
    }

    private static List<String> targets(List<Effect> effects, Class<?> command) {
        return effects.stream()
                .map(Send.class::cast)
                .filter(send -> command.isInstance(send.command()))
                .map(send -> send.target().key())
                .toList();
    }

    private static List<String> requested(List<Effect> effects) {
        return targets(effects, MachineCommand.Request.class);
    }

    private static List<String> released(List<Effect> effects) {
        return targets(effects, MachineCommand.Release.class);
    }

    private void ready(String... ids) {
        for (String id : ids) {
            machine(id, new MachineEvent.BecameReady());
        }
    }

    @Test
    void no_machine_is_asked_for_before_the_plans_revision_is_known() {
        assertEquals(List.of(), web(new DeploymentEvent.Created(deployment(3))));
    }

    @Test
    void as_many_machines_are_asked_for_as_are_wanted() {
        List<String> ids = running(3);
        assertEquals(3, ids.stream().distinct().count());
        assertTrue(ids.stream().allMatch(id -> id.matches("web-[0-9a-z]{8}")), ids.toString());
    }

    @Test
    void a_machine_is_made_from_the_template_and_the_revision() {
        web(new DeploymentEvent.Created(deployment(1)));
        var effects = web(new DeploymentEvent.RevisionAdopted("base", 7));
        var spec = ((MachineCommand.Request) ((Send) effects.getFirst()).command()).spec();
        assertEquals("web", spec.deployment());
        assertEquals("small", spec.machineClass());
        assertEquals(7, spec.revision());
    }

    @Test
    void a_new_revision_alone_moves_no_machine() {
        running(2);
        assertEquals(List.of(), web(new DeploymentEvent.RevisionAdopted("base", 2)));
    }

    @Test
    void scaling_up_asks_for_the_missing_ones() {
        List<String> first = running(2);
        List<String> more = requested(web(new DeploymentEvent.Scaled(5)));
        assertEquals(3, more.size());
        assertTrue(more.stream().noneMatch(first::contains));
    }

    @Test
    void scaling_down_gives_up_those_that_are_missed_least() {
        List<String> ids = running(3);
        ready(ids.get(0), ids.get(2));
        machine(ids.get(1), new MachineEvent.Failed(1, RunKind.PROVISION, WHY, null));
        assertEquals(List.of(ids.get(1)), released(web(new DeploymentEvent.Scaled(2))));
        assertEquals(List.of(ids.get(2)), released(web(new DeploymentEvent.Scaled(1))));
    }

    @Test
    void a_machine_that_goes_is_given_up_once() {
        running(2);
        web(new DeploymentEvent.Scaled(1));
        assertEquals(List.of(), released(web(new DeploymentEvent.Changed(deployment(1)))));
    }

    @Test
    void scaling_down_and_up_again_does_not_bring_back_what_goes() {
        List<String> ids = running(1);
        web(new DeploymentEvent.Scaled(0));
        List<String> more = requested(web(new DeploymentEvent.Scaled(1)));
        assertEquals(1, more.size());
        assertNotEquals(ids, more);
    }

    @Test
    void a_machine_that_somebody_releases_is_replaced() {
        List<String> ids = running(2);
        ready(ids.get(0), ids.get(1));
        var effects = machine(ids.get(0), new MachineEvent.ReleaseStarted("by hand"));
        assertEquals(1, requested(effects).size());
    }

    @Test
    void what_is_replaced_once_is_not_replaced_again_when_it_is_gone() {
        List<String> ids = running(2);
        machine(ids.get(0), new MachineEvent.ReleaseStarted("by hand"));
        assertEquals(
                List.of(),
                machine(
                        ids.get(0),
                        new MachineEvent.RunRequested(2, RunKind.CLEAN),
                        new MachineEvent.Failed(2, RunKind.CLEAN, WHY, null),
                        new MachineEvent.Released("h1", null)));
    }

    @Test
    void a_failed_machine_still_counts() {
        List<String> ids = running(1);
        var failed = new MachineEvent.Failed(1, RunKind.PROVISION, WHY, null);
        assertEquals(List.of(), machine(ids.getFirst(), failed));
    }

    @Test
    void another_plan_is_waited_for_before_machines_are_made_with_it() {
        running(1);
        var effects = web(new DeploymentEvent.Changed(deployment(2, "other", "small")));
        assertEquals(List.of(), requested(effects));
        effects = web(new DeploymentEvent.RevisionAdopted("other", 1));
        assertEquals(1, requested(effects).size());
    }

    @Test
    void what_is_no_longer_used_is_left_and_then_what_is_used_is_joined() {
        running(1);
        var effects = web(new DeploymentEvent.Changed(deployment(1, "other", "large")));
        assertEquals(
                List.of(
                        new PlanCommand.Unsubscribe("web"),
                        new MachineClass.Command.Unsubscribe("web"),
                        new PlanCommand.Subscribe("web"),
                        new MachineClass.Command.Subscribe("web")),
                effects.stream().map(effect -> ((Send) effect).command()).toList());
    }

    @Test
    void a_restart_reaches_every_machine_that_stays() {
        List<String> ids = running(3);
        ready(ids.get(0));
        machine(ids.get(1), new MachineEvent.ReleaseStarted("by hand"));
        List<String> updated =
                targets(web(new DeploymentEvent.Restarted()), MachineCommand.Update.class);
        assertTrue(updated.containsAll(List.of(ids.get(0), ids.get(2))), updated.toString());
        assertTrue(!updated.contains(ids.get(1)) && updated.size() == 3, updated.toString());
    }

    @Test
    void what_is_given_up_is_given_up_when_nobody_wanted_it_any_more() {
        running(2);
        var effects = web(new DeploymentEvent.Scaled(0));
        assertEquals(
                List.of(Story.NOON, Story.NOON),
                effects.stream().map(effect -> ((Send) effect).at()).toList());
    }

    @Test
    void deleting_gives_up_every_machine_and_ends_with_the_last() {
        List<String> ids = running(2);
        assertEquals(2, released(web(new DeploymentEvent.DeleteRequested())).size());
        assertEquals(List.of(), machine(ids.get(0), new MachineEvent.Released("h1", null)));
        var last = machine(ids.get(1), new MachineEvent.Released("h2", null));
        assertEquals(
                List.of(
                        new Tenant.Command.Count(Tenant.Quota.MACHINES, "deployment/web", 0),
                        new PlanCommand.Unsubscribe("web"),
                        new MachineClass.Command.Unsubscribe("web"),
                        new DeploymentCommand.ConfirmDeleted()),
                last.stream().map(effect -> ((Send) effect).command()).toList());
    }

    @Test
    void deleting_what_has_no_machines_ends_at_once() {
        web(new DeploymentEvent.Created(deployment(3)));
        var effects = web(new DeploymentEvent.DeleteRequested());
        assertEquals(List.of("web"), targets(effects, DeploymentCommand.ConfirmDeleted.class));
    }

    @Test
    void a_machine_that_is_released_while_all_are_deleted_is_not_replaced() {
        List<String> ids = running(2);
        web(new DeploymentEvent.DeleteRequested());
        assertEquals(
                List.of(),
                machine(ids.get(0), new MachineEvent.ReleaseStarted("deployment deleted")));
    }

    @Test
    void a_deployment_of_the_same_name_has_machines_of_its_own() {
        List<String> before = running(1);
        web(new DeploymentEvent.DeleteRequested());
        machine(before.getFirst(), new MachineEvent.Released("h1", null));
        web(new DeploymentEvent.Deleted());
        assertNotEquals(before, running(1));
    }

    @Test
    void events_after_the_end_lead_to_nothing() {
        List<String> before = running(1);
        web(new DeploymentEvent.DeleteRequested());
        machine(before.getFirst(), new MachineEvent.Released("h1", null));
        web(new DeploymentEvent.Deleted());
        assertEquals(List.of(), web(new DeploymentEvent.RevisionAdopted("base", 9)));
        assertEquals(List.of(), machine("web-zzzzzzzz", new MachineEvent.Released("h1", null)));
    }

    @Test
    void names_with_hyphens_keep_their_machines_apart() {
        assertEquals("web-blue", Rollout.deploymentOf("web-blue-0a1b2c3d"));
        assertEquals("web", Rollout.deploymentOf("web-0a1b2c3d"));
    }
}
