package io.quartermaster.schedule.provider;

import static io.quartermaster.schedule.provider.ProviderKit.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.kube.instance.State;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.step.Failure;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts and instances, compared both ways. */
class ComparisonTest {
    private static final Failure AWAY =
            new Failure("cluster-unreachable", "no answer", "look", Failure.Retry.WORTHWHILE);

    private final ProviderKit kit = new ProviderKit();

    @AfterEach
    void close() throws SQLException {
        kit.close();
    }

    @Test
    void a_machine_whose_instance_vanished_is_given_up_and_replaced() {
        kit.ready(1);
        var lost = kit.onlyMachine();
        kit.cluster.set(PODS, lost, null);

        kit.reconcile();
        assertEquals(lost, kit.onlyMachine());
        assertEquals("instance-missing", trouble(lost));
        kit.reconcile();

        var next = kit.onlyMachine();
        assertFalse(next.equals(lost));
        assertEquals("released", kit.world.machines.get(lost).orElseThrow().phase());
        assertEquals("instance-vanished", kit.host(lost).standingCode());
        kit.run();
        assertEquals("retired", kit.host(lost).state());
        assertEquals(List.of(next), List.copyOf(kit.cluster.all(PODS).keySet()));
    }

    @Test
    void an_instance_that_ended_or_was_replaced_by_another_is_as_good_as_gone() {
        kit.ready(2);
        var ended = kit.machines().getFirst().id();
        var replaced = kit.machines().getLast().id();
        kit.cluster.set(PODS, ended, new State.Failed("uid-1", AWAY));
        kit.cluster.set(PODS, replaced, FakeCluster.running("uid-99"));

        kit.reconcile();

        assertEquals("instance-ended", kit.host(ended).standingCode());
        assertEquals("instance-vanished", kit.host(replaced).standingCode());
        kit.run();
        assertEquals(2, kit.cluster.all(PODS).size());
        assertFalse(kit.cluster.all(PODS).containsKey(ended));
        assertFalse(kit.cluster.all(PODS).containsKey(replaced));
    }

    @Test
    void nothing_is_given_up_because_a_cluster_does_not_answer() {
        kit.ready(1);
        var machine = kit.onlyMachine();
        kit.cluster.silence(AWAY);

        kit.reconcile();

        assertEquals("ready", kit.machines().getFirst().phase());
        assertEquals(AWAY, kit.host(machine).unreachable());
        kit.cluster.silence(null);
        kit.reconcile();
        assertNull(kit.host(machine).unreachable());
    }

    @Test
    void an_instance_that_moved_is_followed() {
        kit.ready(1);
        var machine = kit.onlyMachine();
        var uid = Objects.requireNonNull(kit.instance(machine).uid());
        kit.cluster.set(PODS, machine, new State.Running(uid, "10.9.9.9", "node-2"));

        kit.reconcile();

        assertEquals("10.9.9.9", kit.host(machine).spec().address());
        assertEquals("node-2", kit.host(machine).spec().variables().get("node"));
    }

    @Test
    void a_stray_is_removed_when_it_is_seen_a_second_time() {
        kit.ready(1);
        kit.cluster.set(PODS, "stray", FakeCluster.running("uid-7"));

        kit.reconcile();
        assertTrue(kit.cluster.all(PODS).containsKey("stray"));
        kit.reconcile();

        assertEquals(List.of(kit.onlyMachine()), List.copyOf(kit.cluster.all(PODS).keySet()));
    }

    @Test
    void a_machine_that_nobody_can_clean_is_let_go_with_its_instance() {
        kit.ready(1);
        var machine = kit.onlyMachine();
        kit.world.machine(machine, new MachineCommand.Release("by hand"));
        kit.cluster.set(PODS, machine, null);

        kit.reconcile().reconcile();

        assertEquals("released", kit.world.machines.get(machine).orElseThrow().phase());
    }

    private String trouble(String host) {
        return Objects.requireNonNull(kit.host(host).unreachable()).code();
    }

    @Test
    void an_instance_that_was_missed_once_and_is_back_is_not_lost() {
        kit.ready(1);
        var machine = kit.onlyMachine();
        var state = kit.cluster.all(PODS).get(machine);
        for (int i = 0; i < 2; i++) {
            kit.cluster.set(PODS, machine, null);
            kit.reconcile();
            kit.cluster.set(PODS, machine, state);
            kit.reconcile();
        }

        assertEquals("ready", kit.machines().getFirst().phase());
        assertNull(kit.host(machine).unreachable());
    }

    @Test
    void a_cluster_that_has_forgotten_most_of_what_it_had_is_not_believed() {
        kit.ready(6);
        var machines = kit.machines();
        machines.subList(0, 4).forEach(each -> kit.cluster.set(PODS, each.id(), null));
        kit.cluster.set(PODS, machines.get(4).id(), new State.Failed("uid-1", AWAY));
        kit.cluster.set(PODS, "stray", FakeCluster.running("uid-99"));

        kit.reconcile().reconcile().reconcile();

        assertTrue(kit.machines().stream().allMatch(each -> each.phase().equals("ready")));
        assertEquals("cluster-doubtful", trouble(machines.getFirst().id()));
        assertNull(kit.host(machines.getLast().id()).unreachable());
        assertTrue(kit.cluster.all(PODS).containsKey("stray"));
    }

    @Test
    void few_that_are_missing_are_lost_be_they_all() {
        kit.ready(3);
        var machines = kit.machines();
        machines.forEach(each -> kit.cluster.set(PODS, each.id(), null));

        kit.reconcile().reconcile();

        machines.forEach(
                each -> assertEquals("instance-vanished", kit.host(each.id()).standingCode()));
    }
}
