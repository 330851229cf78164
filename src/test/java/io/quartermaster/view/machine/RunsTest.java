package io.quartermaster.view.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.step.Failure;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Samples;
import io.quartermaster.view.World;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunsTest {
    private static final Failure WHY =
            new Failure("host-unreachable", "no answer", "look", Failure.Retry.WORTHWHILE);

    private final World world = new World().machineClass("small", Map.of()).plan("base", "one");

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void a_due_run_says_what_the_runners_limits_go_by() {
        world.host("h1", Samples.host(Map.of("pool", "fra1"), "jump"));
        var id = machines(1).getFirst();
        var due = world.runs.due(10, world.now(), List.of()).getFirst();
        assertEquals(id, due.machine());
        assertEquals("acme", due.tenant());
        assertEquals("h1", due.host());
        assertEquals("fra1", due.pool());
        assertEquals("jump", due.bastion());
        assertEquals(1, due.number());
    }

    @Test
    void new_work_and_work_of_runners_that_may_be_gone_take_turns() {
        for (int i = 0; i < 4; i++) world.host("h" + i, Map.of());
        var ids = machines(4);
        claim(ids.get(0));
        claim(ids.get(1));
        var states =
                world.runs.due(10, world.now(), List.of()).stream().map(DueRun::state).toList();
        assertEquals(List.of("claimed", "due", "claimed", "due"), states);
        assertEquals(2, world.runs.due(1, world.now(), List.of()).size());
        assertEquals(2, world.runs.due(10, world.now(), ids.subList(0, 2)).size());
    }

    @Test
    void a_run_of_which_nothing_was_heard_is_stuck_until_something_is() {
        world.host("h0", Map.of()).host("h1", Map.of());
        var ids = machines(2);
        claim(ids.get(0));
        claim(ids.get(1));
        world.pass(Duration.ofMinutes(5));
        var since = world.now();
        assertEquals(2, world.runs.stuck(since, 10).size());
        world.machine(ids.get(0), new MachineCommand.SendSteps(1, 7, 0, 0));
        var stuck = world.runs.stuck(since, 10);
        assertEquals(List.of(ids.get(1)), stuck.stream().map(RunRow::machine).toList());
        assertEquals(1, world.runs.stuck(since.plusSeconds(1), 1).size());
    }

    @Test
    void a_waiting_run_that_is_to_be_cancelled_is_due_at_once() {
        world.host("h0", Map.of());
        var id = machines(1).getFirst();
        claim(id);
        var later = world.now().plusSeconds(600);
        world.machine(id, new MachineCommand.WaitRun(1, 7, WHY, world.now(), later));
        assertEquals(List.of(), world.runs.due(10, world.now(), List.of()));
        world.machine(id, new MachineCommand.Cancel(CancelMode.NOW, "wrong plan"));
        assertEquals(1, world.runs.due(10, world.now(), List.of()).size());
        var run = world.runs.get(id, 1).orElseThrow();
        assertEquals(CancelMode.NOW, run.cancel());
        assertEquals("wrong plan", run.cancelReason());
        assertEquals(WHY, run.waiting());
    }

    @Test
    void a_cancelled_run_is_told_from_one_that_failed() {
        world.host("h0", Map.of());
        var id = machines(1).getFirst();
        world.machine(id, new MachineCommand.Cancel(CancelMode.NOW, "wrong plan"));
        assertEquals("cancelled", world.runs.get(id, 1).orElseThrow().state());
        world.machine(id, new MachineCommand.Retry());
        world.machine(id, new MachineCommand.ClaimRun(2, 8, "r1", world.now()));
        world.machine(id, new MachineCommand.FailRun(2, 8, WHY, world.now()));
        assertEquals("failed", world.runs.get(id, 2).orElseThrow().state());
        assertEquals(Map.of(), world.runs.countByState());
    }

    @Test
    void runs_of_a_machine_are_paged_newest_first() {
        world.host("h0", Map.of());
        var id = machines(1).getFirst();
        for (int run = 1; run <= 5; run++) {
            world.machine(id, new MachineCommand.ClaimRun(run, run, "r1", world.now()));
            world.machine(id, new MachineCommand.CompleteRun(run, run));
            world.machine(id, new MachineCommand.Repair());
        }
        var first = world.runs.ofMachine(id, Listing.ALL.limit(4));
        assertEquals(List.of(6, 5, 4, 3), first.items().stream().map(RunRow::number).toList());
        var second = world.runs.ofMachine(id, Listing.ALL.limit(4).from(first.next()));
        assertEquals(List.of(2, 1), second.items().stream().map(RunRow::number).toList());
        assertNull(second.next());
        var due = world.runs.ofMachine(id, Listing.ALL.in("due"));
        assertEquals(List.of(6), due.items().stream().map(RunRow::number).toList());
    }

    private void claim(String id) {
        world.machine(id, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
    }

    private List<String> machines(int replicas) {
        world.deployment("web", replicas, "small", "base").allocate();
        return world.machines.list(Listing.ALL).items().stream().map(MachineRow::id).toList();
    }
}
