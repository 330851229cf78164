package io.quartermaster.schedule.provider;

import static io.quartermaster.schedule.provider.ProviderKit.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.kube.instance.State;
import io.quartermaster.step.Failure;
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
    void passes_ask_no_cluster_when_no_machine_comes_or_goes() {
        kit.ready(1);

        assertEquals(0, callsOf(Duration.ZERO));
    }

    @Test
    void however_often_it_is_woken_it_lists_a_place_every_two_seconds_at_most() {
        scale(1);
        kit.run();
        int before = kit.cluster.calls;

        kit.pass().runWhenRested();
        assertEquals(0, kit.cluster.calls - before);
        assertEquals(Duration.ofSeconds(2), kit.pass().pause());
        kit.world.pass(Duration.ofSeconds(2));
        kit.pass().runWhenRested();

        assertEquals(1, kit.cluster.calls - before);
    }

    @Test
    void what_goes_wrong_with_one_host_holds_up_no_other() {
        scale(2);
        kit.cluster.breakFor(kit.machines().getFirst().id());

        kit.run();

        assertEquals(1, kit.cluster.births.size());
    }
}
