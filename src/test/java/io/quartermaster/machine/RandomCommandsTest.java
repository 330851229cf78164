package io.quartermaster.machine;

import static io.quartermaster.es.RandomCommands.tryOut;
import static io.quartermaster.machine.Samples.BUSY;
import static io.quartermaster.machine.Samples.HOPELESS;
import static io.quartermaster.machine.Samples.NOON;
import static io.quartermaster.machine.Samples.facts;
import static io.quartermaster.machine.Samples.host;
import static io.quartermaster.machine.Samples.report;
import static io.quartermaster.machine.Samples.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.step.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is said in whatever order: the rules hold, and nothing but refusals is thrown. */
class RandomCommandsTest {

    private static HostCommand hostCommand(Random random) {
        String machine = "m" + random.nextInt(3);
        return switch (random.nextInt(14)) {
            case 0 -> new HostCommand.Enrol(host(keys(random)), "s" + random.nextInt(2));
            case 1 -> new HostCommand.PinKey("ssh-ed25519 K" + random.nextInt(2));
            case 2 -> new HostCommand.ForgetKeys("re-imaged");
            case 3 -> new HostCommand.RecordFacts(facts("boot-" + random.nextInt(2)));
            case 4, 5 -> new HostCommand.Reserve(machine);
            case 6 -> new HostCommand.Occupy(machine);
            case 7 -> new HostCommand.Clean(machine);
            case 8 -> new HostCommand.Free(machine);
            case 9 -> new HostCommand.Quarantine("x", "why");
            case 10 -> new HostCommand.LiftQuarantine("checked");
            case 11 -> new HostCommand.StartMaintenance("disks");
            case 12 -> new HostCommand.EndMaintenance();
            default -> new HostCommand.Retire("sold");
        };
    }

    private static List<String> keys(Random random) {
        return random.nextBoolean() ? List.of() : List.of("ssh-ed25519 K0");
    }

    @Test
    void a_host_has_at_most_one_machine() {
        tryOut(new HostDecider(), RandomCommandsTest::hostCommand, this::hostIsGivenOutOnce);
    }

    private void hostIsGivenOutOnce(Host state, List<HostEvent> past) {
        String on = "";
        for (HostEvent event : past) {
            switch (event) {
                case HostEvent.Reserved(String by) -> {
                    assertEquals("", on, "reserved while taken");
                    on = by;
                }
                case HostEvent.Occupied(String by) -> assertEquals(on, by);
                case HostEvent.CleaningStarted(String by) -> assertEquals(on, by);
                case HostEvent.Freed(String by) -> {
                    assertEquals(on, by);
                    on = "";
                }
                case HostEvent.Retired retired -> assertEquals("", on, "retired while taken");
                default -> {}
            }
        }
        if (state instanceof Host.Live live) {
            assertEquals(on, live.occupancy().machine().orElse(""));
        }
    }

    private static MachineCommand machineCommand(Random random) {
        int run = random.nextInt(8);
        long fence = random.nextInt(12);
        Instant at = NOON.plusSeconds(random.nextInt(100));
        Failure failure = random.nextBoolean() ? BUSY : HOPELESS;
        StepOutcome outcome = StepOutcome.values()[random.nextInt(4)];
        int index = random.nextInt(3);
        return switch (random.nextInt(18)) {
            case 0 -> new MachineCommand.Request(spec());
            case 1, 2 -> new MachineCommand.Allocate("h" + random.nextInt(2));
            case 3 -> new MachineCommand.Repair();
            case 4 -> new MachineCommand.Update(spec(random.nextInt(3)));
            case 5 -> new MachineCommand.Retry();
            case 6 -> new MachineCommand.RetryRun(run);
            case 7 -> new MachineCommand.Cancel(CancelMode.values()[random.nextInt(2)], "x");
            case 8 -> random.nextInt(5) == 0 ? new MachineCommand.Release("x") : retryOf(run);
            case 9 -> new MachineCommand.ForceRelease("x");
            case 10, 11, 12 -> new MachineCommand.ClaimRun(run, fence, "r", at);
            case 13 -> new MachineCommand.SendSteps(run, fence, index, index + 1);
            case 14 ->
                    new MachineCommand.FinishStep(
                            run, fence, report(index, 1 + random.nextInt(3), outcome));
            case 15 -> new MachineCommand.WaitRun(run, fence, BUSY, at, at.plusSeconds(9));
            case 16 -> new MachineCommand.CompleteRun(run, fence);
            default -> new MachineCommand.FailRun(run, fence, failure, at);
        };
    }

    private static MachineCommand retryOf(int run) {
        return new MachineCommand.RetryRun(run);
    }

    @Test
    void runs_and_fences_only_grow_and_what_failed_says_why() {
        tryOut(new MachineDecider(), RandomCommandsTest::machineCommand, this::runsOnlyGrow);
    }

    private void runsOnlyGrow(Machine state, List<MachineEvent> past) {
        int run = 0;
        long fence = 0;
        for (MachineEvent event : past) {
            switch (event) {
                case MachineEvent.RunRequested requested -> {
                    assertEquals(run + 1, requested.run());
                    run = requested.run();
                    fence = 0;
                }
                case MachineEvent.RunClaimed claimed -> {
                    assertEquals(run, claimed.run());
                    assertTrue(claimed.fence() > fence, "fences only grow");
                    fence = claimed.fence();
                }
                case MachineEvent.Failed failed -> {
                    assertEquals(run, failed.run());
                    assertFalse(failed.failure().code().isBlank());
                    assertFalse(failed.failure().reason().isBlank());
                    assertFalse(failed.failure().remedy().isBlank());
                }
                default -> {}
            }
        }
        if (state instanceof Machine.Live live) {
            assertEquals(run, live.runs());
            assertEquals(run > 0, live.host() != null, "a run needs a host, and a host has a run");
        }
    }

    @Test
    void a_released_machine_stays_released() {
        tryOut(
                new MachineDecider(),
                RandomCommandsTest::machineCommand,
                (state, past) -> {
                    int released = firstReleased(past);
                    if (released >= 0) {
                        assertEquals(new Machine.Released(), state);
                        past.subList(released + 1, past.size())
                                .forEach(
                                        late ->
                                                assertTrue(
                                                        late instanceof MachineEvent.HostDeclined));
                    }
                });
    }

    private static int firstReleased(List<MachineEvent> past) {
        for (int i = 0; i < past.size(); i++) {
            if (past.get(i) instanceof MachineEvent.Released) {
                return i;
            }
        }
        return -1;
    }
}
