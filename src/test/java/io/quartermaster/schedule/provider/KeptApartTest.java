package io.quartermaster.schedule.provider;

import static io.quartermaster.schedule.provider.ProviderKit.PODS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.deployment.InstanceTemplate.SignIn;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.Instance;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import io.quartermaster.view.Samples;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which hosts are whose. */
class KeptApartTest {
    private final ProviderKit kit = new ProviderKit();

    @AfterEach
    void close() throws SQLException {
        kit.close();
    }

    private void scale(int replicas) {
        kit.world.deployment("web", replicas, "pods", "base");
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
}
