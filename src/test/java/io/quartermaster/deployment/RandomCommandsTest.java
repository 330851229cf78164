package io.quartermaster.deployment;

import static io.quartermaster.deployment.Samples.deployment;
import static io.quartermaster.deployment.Samples.machineClass;
import static io.quartermaster.deployment.Samples.plan;
import static io.quartermaster.es.RandomCommands.tryOut;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever is said in whatever order: the rules hold, and nothing but refusals is thrown. */
class RandomCommandsTest {

    private static DeploymentCommand deploymentCommand(Random random) {
        String planName = "p" + random.nextInt(2);
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                    new DeploymentCommand.Apply(deployment(random.nextInt(3), planName, "small"));
            case 2 -> new DeploymentCommand.Scale(random.nextInt(3));
            case 3 -> new DeploymentCommand.Restart();
            case 4 -> new DeploymentCommand.Delete();
            case 5 -> new DeploymentCommand.ConfirmDeleted();
            default -> new DeploymentCommand.AdoptRevision(planName, 1 + random.nextInt(4));
        };
    }

    @Test
    void revisions_of_one_plan_only_grow() {
        tryOut(
                new DeploymentDecider(),
                RandomCommandsTest::deploymentCommand,
                (state, past) -> {
                    String using = "";
                    int revision = 0;
                    for (DeploymentEvent event : past) {
                        switch (event) {
                            case DeploymentEvent.Created created -> {
                                using = created.spec().template().plan();
                                revision = 0;
                            }
                            case DeploymentEvent.Changed changed -> {
                                String next = changed.spec().template().plan();
                                revision = next.equals(using) ? revision : 0;
                                using = next;
                            }
                            case DeploymentEvent.RevisionAdopted adopted -> {
                                assertEquals(using, adopted.plan());
                                assertTrue(adopted.revision() > revision);
                                revision = adopted.revision();
                            }
                            default -> {}
                        }
                    }
                    if (state instanceof Deployment.Live live) {
                        assertEquals(revision, live.revision());
                        assertEquals(using, live.spec().template().plan());
                    }
                });
    }

    private static PlanCommand planCommand(Random random) {
        String deployment = "d" + random.nextInt(2);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new PlanCommand.Revise(plan("echo " + random.nextInt(2)));
            case 2 -> new PlanCommand.Delete();
            case 3 -> new PlanCommand.Subscribe(deployment);
            default -> new PlanCommand.Unsubscribe(deployment);
        };
    }

    @Test
    void a_plans_numbers_are_used_once_and_it_outlives_its_users() {
        tryOut(new PlanDecider(), RandomCommandsTest::planCommand, this::numbersAreUsedOnce);
    }

    private void numbersAreUsedOnce(Plan state, List<PlanEvent> past) {
        int revision = 0;
        Set<String> users = new TreeSet<>();
        for (PlanEvent event : past) {
            switch (event) {
                case PlanEvent.Revised revised -> assertEquals(++revision, revised.revision());
                case PlanEvent.Subscribed subscribed -> {
                    assertEquals(revision, subscribed.revision());
                    assertTrue(users.add(subscribed.deployment()));
                }
                case PlanEvent.Unsubscribed left -> assertTrue(users.remove(left.deployment()));
                case PlanEvent.Deleted deleted -> assertEquals(Set.of(), users);
            }
        }
        if (state instanceof Plan.Live live) {
            assertEquals(users, live.users());
        }
    }

    private static MachineClass.Command classCommand(Random random) {
        String deployment = "d" + random.nextInt(2);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new MachineClass.Command.Define(machineClass("p" + random.nextInt(2)));
            case 2 -> new MachineClass.Command.Delete();
            case 3 -> new MachineClass.Command.Subscribe(deployment);
            default -> new MachineClass.Command.Unsubscribe(deployment);
        };
    }

    @Test
    void a_class_outlives_its_users() {
        tryOut(
                new MachineClass.Rules(),
                RandomCommandsTest::classCommand,
                (state, past) -> {
                    Set<String> users = new TreeSet<>();
                    for (MachineClass.Event event : past) {
                        switch (event) {
                            case MachineClass.Event.Defined defined -> {}
                            case MachineClass.Event.Subscribed joined ->
                                    assertTrue(users.add(joined.deployment()));
                            case MachineClass.Event.Unsubscribed left ->
                                    assertTrue(users.remove(left.deployment()));
                            case MachineClass.Event.Deleted deleted ->
                                    assertEquals(Set.of(), users);
                        }
                    }
                    if (state instanceof MachineClass.Live live) {
                        assertEquals(users, live.users());
                    }
                });
    }
}
