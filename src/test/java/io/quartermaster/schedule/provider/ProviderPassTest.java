package io.quartermaster.schedule.provider;

import static io.quartermaster.schedule.provider.ProviderKit.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.deployment.InstanceTemplate.SignIn;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.kube.instance.State;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import io.quartermaster.view.Samples;
import io.quartermaster.view.deployment.DeploymentRow.Trouble;
import io.quartermaster.view.machine.MachineStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderPassTest {
    private static final Failure AWAY =
            new Failure("cluster-unreachable", "no answer", "look", Failure.Retry.WORTHWHILE);

    private final ProviderKit kit = new ProviderKit();

    @AfterEach
    void close() throws SQLException {
        kit.close();
    }

    private void scale(int replicas) {
        kit.world.deployment("web", replicas, "pods", "base");
    }

    @Test
    void a_machine_is_given_an_instance_of_its_own_and_becomes_ready_on_it() {
        scale(3);
        kit.run();
        assertEquals(3, kit.cluster.births.size());
        assertEquals("requested", kit.machines().getFirst().phase());

        kit.cluster.runAll();
        kit.run();

        for (var machine : kit.machines()) {
            assertEquals("allocated", machine.phase());
            assertEquals(machine.id(), machine.host());
            var host = kit.host(machine.id());
            assertEquals("in use", host.state());
            assertEquals(kit.cluster.all(PODS).get(machine.id()), running(host.name()));
        }
        assertEquals(3, kit.cluster.births.size());
    }

    private State running(String host) {
        return FakeCluster.running(Objects.requireNonNull(kit.instance(host).uid()));
    }

    @Test
    void what_is_not_wanted_any_more_is_removed_and_its_host_retired() {
        kit.ready(3);
        scale(1);
        var leaving = kit.machines().stream().filter(each -> each.releaseReason() != null).toList();
        assertEquals(2, leaving.size());
        leaving.forEach(machine -> kit.complete(machine.id(), 2));
        assertEquals(3, kit.cluster.all(PODS).size());

        kit.run();
        assertEquals(1, kit.cluster.all(PODS).size());
        assertEquals("maintenance", kit.host(leaving.getFirst().id()).state());
        kit.run();

        assertEquals("retired", kit.host(leaving.getFirst().id()).state());
        assertEquals(List.of(kit.onlyMachine()), List.copyOf(kit.cluster.all(PODS).keySet()));
    }

    @Test
    void a_host_stays_until_its_instance_is_gone() {
        kit.ready(1);
        var machine = kit.onlyMachine();
        scale(0);
        kit.complete(machine, 2);
        kit.cluster.lingers = true;

        kit.run().run();

        var host = kit.host(machine);
        assertEquals("maintenance", host.state());
        assertEquals("instance-leaving", Objects.requireNonNull(host.unreachable()).code());
        kit.cluster.set(PODS, machine, null);
        kit.run();
        assertEquals("retired", kit.host(machine).state());
        assertNull(kit.host(machine).unreachable());
    }

    @Test
    void a_machine_that_is_given_up_while_its_instance_starts_leaves_nothing() {
        scale(1);
        kit.run();
        scale(0);

        kit.run().run();

        assertEquals(Map.of(), kit.cluster.all(PODS));
        assertEquals(List.of(), kit.provided.hosts());
    }

    @Test
    void whatever_it_dies_of_there_is_one_instance_for_each_machine() {
        scale(2);
        int deaths = 0;
        for (boolean dead = true; dead; ) {
            kit.restart(1 + deaths);
            dead = dies();
            deaths += dead ? 1 : 0;
            // Everything that was done in part is found again by a process that lives.
            kit.restart(Integer.MAX_VALUE);
            kit.run();
            kit.cluster.runAll();
            kit.run();
            assertEquals(2 + 2 * (deaths - (dead ? 1 : 0)), kit.cluster.births.size());
            assertEquals(kit.machines().size(), kit.cluster.all(PODS).size());
            if (dead) anotherTwo(deaths);
        }
        assertTrue(deaths >= 6, () -> "it did not die often enough");
    }

    private boolean dies() {
        try {
            kit.run();
            kit.cluster.runAll();
            kit.run();
            return false;
        } catch (ProviderKit.Death expected) {
            return true;
        }
    }

    private void anotherTwo(int deaths) {
        scale(2 + 2 * deaths);
    }

    @Test
    void whatever_it_dies_of_removal_is_completed() {
        kit.ready(6);
        scale(0);
        kit.machines().forEach(machine -> kit.complete(machine.id(), 2));
        int deaths = 0;
        for (int after = 1; !kit.provided.hosts().isEmpty(); after++) {
            kit.restart(after);
            if (after > 6) kit.restart(Integer.MAX_VALUE);
            try {
                kit.run();
            } catch (ProviderKit.Death expected) {
                deaths++;
            }
        }
        assertTrue(deaths >= 3, () -> "it did not die often enough");
        assertEquals(Map.of(), kit.cluster.all(PODS));
    }

    @Test
    void a_machine_whose_instance_vanished_is_given_up_and_replaced() {
        kit.ready(1);
        var lost = kit.onlyMachine();
        kit.cluster.set(PODS, lost, null);

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
    void why_it_takes_long_is_the_machines_obstacle_and_its_deployments_trouble() {
        scale(1);
        kit.run();
        var why = new Failure("pod-unschedulable", "0/3 nodes", "room", Failure.Retry.WORTHWHILE);
        kit.cluster.set(PODS, kit.onlyMachine(), new State.Pending("uid-1", why));

        kit.run();

        var ready = MachineStatus.of(kit.machines().getFirst()).conditions().getFirst();
        assertEquals("PodUnschedulable", ready.reason());
        assertTrue(ready.message().startsWith("0/3 nodes; to do: room"), ready.message());
        Trouble trouble = kit.world.deployments.get("web").orElseThrow().trouble();
        assertEquals("PodUnschedulable", Objects.requireNonNull(trouble).obstacle().reason());
    }

    @Test
    void an_instance_that_ends_before_it_is_used_is_made_again_after_a_pause() {
        scale(1);
        kit.run();
        var machine = kit.onlyMachine();
        kit.cluster.set(PODS, machine, new State.Failed("uid-1", AWAY));

        kit.run().run();
        assertEquals(AWAY, kit.host(machine).unreachable());
        assertEquals(1, kit.cluster.births.size());
        kit.world.pass(Duration.ofSeconds(2));
        kit.run();

        assertEquals(2, kit.cluster.births.size());
        assertEquals("enrolled", kit.host(machine).state());
    }

    @Test
    void a_class_that_moves_takes_waiting_machines_along_and_leaves_nothing_behind() {
        scale(1);
        kit.run();
        var elsewhere = new Instance.Place(Instance.Kind.VIRTUAL_MACHINE, "east", "other");
        var spec =
                new MachineClass.Spec(
                        "kubernetes",
                        Map.of(),
                        0,
                        Map.of(),
                        new InstanceTemplate(elsewhere, "{}", null));
        kit.world.send(MachineClass.STREAM, "pods", new MachineClass.Command.Define(spec));

        kit.run().run().run();

        assertEquals(Map.of(), kit.cluster.all(PODS));
        assertEquals(1, kit.cluster.all(elsewhere).size());
    }

    @Test
    void one_that_is_signed_in_to_is_reserved_after_the_first_inspection() {
        var ssh = new SignIn("root", 2222, Become.NOBODY, new Credentials.Agent());
        kit.classOfPods("pods", ssh);
        scale(1);
        kit.run();
        var machine = kit.onlyMachine();
        assertEquals(List.of(), due());
        kit.cluster.runAll();

        kit.run().run();

        assertEquals("enrolled", kit.host(machine).state());
        assertEquals(List.of(machine), due());
        kit.world.send("host", machine, new HostCommand.RecordFacts(Samples.facts(machine)));
        kit.run();
        assertEquals("in use", kit.host(machine).state());
    }

    private List<String> due() {
        var now = kit.world.now();
        return kit.world.inspections.due(now, now, 10);
    }

    @Test
    void hosts_of_the_inventory_and_those_of_a_provider_are_kept_apart() {
        kit.world.machineClass("small", Map.of()).host("h1", Map.of());
        kit.world.deployment("plain", 2, "small", "base");
        scale(1);
        kit.run();
        kit.cluster.runAll();
        assertEquals(2, kit.world.machines.waiting(9).size());
        assertEquals(1, kit.provided.waiting(9).size());

        kit.run();
        kit.world.allocate();

        assertEquals("h1", kit.world.hosts.get("h1").orElseThrow().name());
        assertEquals("in use", kit.host("h1").state());
        assertEquals(1, kit.world.machines.waiting(9).size());
        assertEquals(List.of("h1"), due());
    }

    @Test
    void a_host_that_was_made_for_one_machine_is_reserved_by_no_other() {
        scale(1);
        kit.run();
        var machine = kit.onlyMachine();
        kit.world.send("host", machine, new HostCommand.RecordFacts(Samples.facts(machine)));

        kit.world.send("host", machine, new HostCommand.Reserve("another"));

        var host = assertInstanceOf(Host.Live.class, kit.state(machine));
        assertEquals(new Host.Occupancy.Vacant(), host.occupancy());
    }

    @Test
    void what_cannot_be_made_is_tried_again_ever_more_rarely() {
        kit.cluster.refuse(AWAY);
        scale(1);
        kit.run();
        assertEquals(AWAY, kit.machines().getFirst().hostTrouble());

        assertEquals(1, callsOf(Duration.ZERO));
        assertEquals(2, callsOf(Duration.ofSeconds(2)));
        assertEquals(1, callsOf(Duration.ofSeconds(3)));
        kit.cluster.refuse(null);
        assertEquals(2, callsOf(Duration.ofSeconds(1)));
        assertEquals(1, kit.cluster.births.size());
    }

    /** Two when it tried, one when it only looked. */
    private int callsOf(Duration later) {
        kit.world.pass(later);
        int before = kit.cluster.calls;
        kit.run();
        return kit.cluster.calls - before;
    }

    @Test
    void a_machine_that_nobody_can_clean_is_let_go_with_its_instance() {
        kit.ready(1);
        var machine = kit.onlyMachine();
        kit.world.machine(machine, new MachineCommand.Release("by hand"));
        kit.cluster.set(PODS, machine, null);

        kit.reconcile();

        assertEquals("released", kit.world.machines.get(machine).orElseThrow().phase());
    }

    @Test
    void passes_ask_no_cluster_when_no_machine_comes_or_goes() {
        kit.ready(1);

        assertEquals(0, callsOf(Duration.ZERO));
    }
}
