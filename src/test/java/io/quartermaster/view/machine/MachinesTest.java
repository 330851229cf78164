package io.quartermaster.view.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.RunKind;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.step.Failure;
import io.quartermaster.view.LabelSelector;
import io.quartermaster.view.Listing;
import io.quartermaster.view.World;
import io.quartermaster.view.deployment.DeploymentRow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachinesTest {
    private final World world =
            new World()
                    .machineClass("small", Map.of("pool", "fra1"))
                    .plan("base", "first", "second")
                    .host("h1", Map.of("pool", "fra1"));

    private String one() {
        world.deployment("web", 1, "small", "base");
        return world.machines.list(Listing.ALL).items().getFirst().id();
    }

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void a_machine_is_seen_from_its_request_to_its_release() {
        var id = one();
        assertEquals("requested", phase(id));
        assertEquals(
                List.of(id), world.machines.waiting(10).stream().map(w -> w.machine()).toList());

        world.allocate();
        assertEquals("allocated", phase(id));
        assertEquals("h1", world.machines.get(id).orElseThrow().host());
        assertEquals("in use", world.hosts.get("h1").orElseThrow().state());

        world.pass(Duration.ofSeconds(5))
                .machine(id, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
        assertEquals("provisioning", phase(id));

        world.machine(id, new MachineCommand.CompleteRun(1, 7));
        var ready = world.machines.get(id).orElseThrow();
        assertEquals("ready", ready.phase());
        assertEquals(World.START.plusSeconds(5), ready.readySince());
        assertEquals(world.aggregates.history(stream(id), 1, 100).size(), ready.version());

        world.machine(id, new MachineCommand.Release("enough"));
        assertEquals("releasing", phase(id));
        assertEquals("enough", world.machines.get(id).orElseThrow().releaseReason());
        world.machine(id, new MachineCommand.ClaimRun(2, 8, "r1", world.now()));
        world.machine(id, new MachineCommand.CompleteRun(2, 8));
        assertEquals("released", phase(id));
        assertEquals("available", world.hosts.get("h1").orElseThrow().state());
        assertTrue(
                world.machines.list(Listing.ALL).items().stream()
                        .noneMatch(m -> m.id().equals(id)));
        assertEquals(1, world.machines.list(Listing.ALL.in("released")).items().size());
    }

    @Test
    void a_deployment_tells_of_its_machine_that_needs_help_the_most() {
        var away = new Failure("away", "no answer", "look", Failure.Retry.WORTHWHILE);
        var hopeless = new Failure("bad-password", "no", "mend it", Failure.Retry.POINTLESS);
        world.deployment("web", 2, "small", "base").allocate();
        var waiting = world.machines.waiting(10).getFirst().machine();
        var working = world.machines.list(Listing.ALL.in("allocated")).items().getFirst().id();
        assertTrouble(waiting, "WaitingForHost", "no host of class small is free");

        world.machine(working, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
        var later = world.now().plusSeconds(60);
        world.machine(working, new MachineCommand.WaitRun(1, 7, away, world.now(), later));
        assertTrouble(
                working, "Away", "no answer; to do: look; it goes on at 2026-11-01T08:01:00Z");

        world.pass(Duration.ofSeconds(60));
        world.machine(working, new MachineCommand.ClaimRun(1, 8, "r1", world.now()));
        world.machine(working, new MachineCommand.FailRun(1, 8, hopeless, world.now()));
        assertTrouble(
                working, "BadPassword", "no; to do: mend it; it is not tried again by itself");
        assertEquals("failed", world.deployments.get("web").orElseThrow().state());
    }

    @Test
    void a_deployment_whose_machines_are_ready_or_at_work_has_no_trouble() {
        var id = one();
        world.allocate().machine(id, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
        assertNull(world.deployments.get("web").orElseThrow().trouble());
        world.machine(id, new MachineCommand.CompleteRun(1, 7));
        assertNull(world.deployments.get("web").orElseThrow().trouble());
    }

    private void assertTrouble(String machine, String reason, String message) {
        assertEquals(
                new DeploymentRow.Trouble(machine, new Obstacle(reason, message)),
                world.deployments.get("web").orElseThrow().trouble());
    }

    @Test
    void a_failure_and_a_pause_are_shown_with_what_to_do() {
        var id = one();
        world.allocate();
        var why =
                new Failure(
                        "host-unreachable", "no answer", "look at it", Failure.Retry.WORTHWHILE);
        var later = World.START.plusSeconds(30);
        world.machine(id, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
        world.machine(id, new MachineCommand.WaitRun(1, 7, why, World.START, later));
        assertEquals(
                new MachineRow.Pause(why, later), world.machines.get(id).orElseThrow().waiting());
        assertEquals("waiting", world.runs.get(id, 1).orElseThrow().state());
        assertEquals(List.of(), world.runs.due(10, later.minusSeconds(1), List.of()));
        assertEquals(1, world.runs.due(10, later, List.of()).size());
        assertEquals(0, world.runs.due(10, later, List.of(id)).size());

        world.machine(id, new MachineCommand.FailRun(1, 7, why, World.START));
        var failed = world.machines.get(id).orElseThrow();
        assertEquals("failed", failed.phase());
        assertEquals(why, failed.failure());
        assertEquals(1, failed.failures());
        assertNull(failed.waiting());
        assertTrue(failed.retryAt().isAfter(World.START));
    }

    @Test
    void a_run_shows_the_steps_that_ended_and_those_to_come() {
        var id = one();
        world.allocate();
        world.machine(id, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
        world.machine(id, new MachineCommand.SendSteps(1, 7, 0, 0));
        var report = new StepReport(0, "first", 1, StepOutcome.CHANGED, 120, null);
        world.machine(id, new MachineCommand.FinishStep(1, 7, report));
        var steps = world.runs.steps(id, 1);
        assertEquals(List.of("first", "second"), steps.stream().map(StepRow::name).toList());
        assertEquals(List.of("changed", "pending"), steps.stream().map(StepRow::outcome).toList());
        assertEquals(120, steps.getFirst().millis());
        assertTrue(steps.getFirst().changed());
    }

    @Test
    void a_newer_run_supersedes_the_one_that_was_not_over() {
        var id = one();
        world.allocate();
        world.machine(id, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
        world.machine(id, new MachineCommand.Release("never mind"));
        var runs = world.runs.ofMachine(id, Listing.ALL).items();
        assertEquals(List.of(2, 1), runs.stream().map(RunRow::number).toList());
        assertEquals(List.of("due", "superseded"), runs.stream().map(RunRow::state).toList());
        assertEquals(RunKind.CLEAN, runs.getFirst().kind());
        assertEquals(Map.of("due", 1L), world.runs.countByState());
    }

    @Test
    void a_class_without_a_free_host_keeps_no_other_class_waiting() {
        world.machineClass("big", Map.of("pool", "none"));
        world.deployment("big", 5, "big", "base");
        world.deployment("web", 1, "small", "base");
        var first = world.machines.waiting(2);
        assertEquals(3, first.size());
        assertEquals(Map.of("pool", "fra1"), first.getLast().selector());
        assertEquals(List.of("h1"), world.hosts.free(1).stream().map(free -> free.host()).toList());
    }

    @Test
    void a_deployment_counts_its_machines_when_asked() {
        var id = one();
        assertEquals("progressing", world.deployments.get("web").orElseThrow().state());
        world.allocate();
        world.machine(id, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
        world.machine(id, new MachineCommand.CompleteRun(1, 7));
        var complete = world.deployments.get("web").orElseThrow();
        assertEquals("complete", complete.state());
        assertEquals(1, complete.counts().upToDate());

        world.plan("base", "first", "second", "third");
        var after = world.deployments.get("web").orElseThrow();
        assertEquals(2, after.revision());
        assertEquals(0, after.counts().upToDate());
        assertEquals(1, after.counts().ready());
        assertEquals("progressing", after.state());
        assertEquals(
                1,
                world.deployments
                        .list(
                                Listing.ALL
                                        .in("progressing")
                                        .of("acme")
                                        .labelled(LabelSelector.parse("tier in (front)")))
                        .items()
                        .size());
    }

    private String phase(String id) {
        return world.machines.get(id).orElseThrow().phase();
    }

    private static StreamId stream(String id) {
        return new StreamId("machine", id);
    }
}
