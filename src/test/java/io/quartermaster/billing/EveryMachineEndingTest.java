package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.DeploymentDecider;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.RolloutSaga;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Rejected;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.step.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a machine ends, by the sealed types: one that is added does not compile, or
 * fails, until it stands here. Everything is recorded ten minutes late, and ends at {@link #END}
 * all the same.
 */
class EveryMachineEndingTest {
    private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
    private static final Instant END = Instant.parse("2026-01-20T12:00:00Z");
    private static final Instant LATER = END.plusSeconds(3600);
    private static final Failure WHY =
            new Failure("step-failed", "exit 1", "look", Failure.Retry.POINTLESS);

    private static Life<MachineCommand, Machine, MachineEvent> requested(String id) {
        var life = new Life<>(new MachineDecider(), id);
        life.at(START, new MachineCommand.Request(machine()));
        return life;
    }

    private static MachineSpec machine() {
        return new MachineSpec("acme", "web", "small", "base", 1, Map.of(), Map.of());
    }

    private static Life<MachineCommand, Machine, MachineEvent> claimed(String id) {
        var life = requested(id);
        life.at(START, new MachineCommand.Allocate("h1"));
        life.at(START, new MachineCommand.ClaimRun(1, 7, "r1", START));
        return life;
    }

    private static Life<MachineCommand, Machine, MachineEvent> ready(String id) {
        var life = claimed(id);
        life.at(START, new MachineCommand.CompleteRun(1, 7));
        return life;
    }

    static Life<MachineCommand, Machine, MachineEvent> ready() {
        return ready("web-aaaaaaaa");
    }

    private static Life<MachineCommand, Machine, MachineEvent> failed() {
        var life = claimed("web-aaaaaaaa");
        life.at(START, new MachineCommand.FailRun(1, 7, WHY, START));
        return life;
    }

    /** A machine in each phase that there is; it may be given up in all of them. */
    private static final Map<Class<?>, Life<MachineCommand, Machine, MachineEvent>> PHASES =
            Map.of(
                    Machine.Phase.Requested.class, requested("web-aaaaaaaa"),
                    Machine.Phase.Working.class, claimed("web-aaaaaaaa"),
                    Machine.Phase.Ready.class, ready(),
                    Machine.Phase.Failed.class, failed());

    static Stream<Class<?>> phases() {
        return Arrays.stream(Machine.Phase.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("phases")
    void a_machine_that_is_given_up_ends_at_that_instant_in_every_phase(Class<?> phase) {
        assertTrue(PHASES.containsKey(phase), phase + " is not tried out");
        var life = PHASES.get(phase);
        assertInstanceOf(phase, assertInstanceOf(Machine.Live.class, life.state()).phase());
        life.at(END, new MachineCommand.Release("done"));
        clean(life);
        if (phase != Machine.Phase.Requested.class) life.assertEndedAt(END);
        else assertEquals(List.of(), life.used());
        assertInstanceOf(Machine.Released.class, life.state());
    }

    private static void clean(Life<MachineCommand, Machine, MachineEvent> life) {
        if (!(life.state() instanceof Machine.Live live)) return;
        int run = live.runs();
        life.at(LATER, new MachineCommand.ClaimRun(run, 9, "r1", LATER));
        life.at(LATER, new MachineCommand.CompleteRun(run, 9));
    }

    @Test
    void a_machine_whose_cleaning_is_given_up_has_ended_when_it_was_released() {
        var life = ready();
        life.at(END, new MachineCommand.Release("done"));
        life.at(LATER, new MachineCommand.ClaimRun(2, 9, "r1", LATER));
        life.at(LATER, new MachineCommand.FailRun(2, 9, WHY, LATER));
        life.at(LATER, new MachineCommand.ForceRelease("the host burnt down"));
        life.assertEndedAt(END);
    }

    /** Those that end a machine stand in the tests above; after all others it goes on. */
    private static final Set<Class<?>> ENDS =
            Set.of(
                    MachineCommand.Release.class,
                    MachineCommand.ForceRelease.class,
                    MachineCommand.CompleteRun.class);

    private static final List<MachineCommand> OTHERS =
            List.of(
                    new MachineCommand.Request(machine()),
                    new MachineCommand.Allocate("h2"),
                    new MachineCommand.Repair(),
                    new MachineCommand.Update(machine()),
                    new MachineCommand.Retry(),
                    new MachineCommand.RetryRun(1),
                    new MachineCommand.Cancel(MachineCommand.CancelMode.NOW, "wrong"),
                    new MachineCommand.ClaimRun(2, 8, "r1", END),
                    new MachineCommand.SendSteps(2, 8, 0, 0),
                    new MachineCommand.FinishStep(
                            2, 8, new StepReport(0, "one", 1, StepOutcome.CHANGED, 1, null)),
                    new MachineCommand.WaitRun(2, 8, WHY, END, LATER),
                    new MachineCommand.FailRun(2, 8, WHY, END));

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(EveryMachineEndingTest::leaves)
                : Stream.of(type);
    }

    static Stream<Class<?>> machineCommands() {
        return leaves(MachineCommand.class);
    }

    @ParameterizedTest
    @MethodSource("machineCommands")
    void no_other_command_ends_a_machine(Class<?> command) {
        var others = OTHERS.stream().filter(command::isInstance).toList();
        assertTrue(
                ENDS.contains(command) != (others.size() == 1),
                command + " is not known to end a machine or to leave it");
        for (var other : others) {
            for (var life : List.of(ready(), repairing(), failed())) {
                var open = life.used().size();
                try {
                    life.at(END, other);
                } catch (Rejected ignored) {
                    // It ends nothing then, either.
                }
                assertEquals(open, life.used().size());
                assertNull(life.used().getLast().to(), () -> other + " ended " + life.segments());
            }
        }
    }

    private static Life<MachineCommand, Machine, MachineEvent> repairing() {
        var life = ready();
        life.at(START, new MachineCommand.Repair());
        life.at(START, new MachineCommand.ClaimRun(2, 8, "r1", START));
        return life;
    }

    /** What ends machines, and what does not; both by what is said to a deployment of two. */
    private static final Map<Class<?>, DeploymentCommand> ENDING =
            Map.of(
                    DeploymentCommand.Apply.class, new DeploymentCommand.Apply(spec(0)),
                    DeploymentCommand.Scale.class, new DeploymentCommand.Scale(0),
                    DeploymentCommand.Delete.class, new DeploymentCommand.Delete(),
                    DeploymentCommand.LoseTenant.class, new DeploymentCommand.LoseTenant("acme"));

    private static final Set<Class<?>> KEEPING =
            Set.of(
                    DeploymentCommand.Restart.class,
                    DeploymentCommand.AdoptRevision.class,
                    DeploymentCommand.ConfirmDeleted.class);

    static Stream<Class<?>> deploymentCommands() {
        return Arrays.stream(DeploymentCommand.class.getPermittedSubclasses());
    }

    private static DeploymentSpec spec(int replicas) {
        var template = new DeploymentSpec.Template("small", "base", Map.of(), Map.of());
        return new DeploymentSpec("acme", replicas, template, Map.of());
    }

    @ParameterizedTest
    @MethodSource("deploymentCommands")
    void machines_end_when_their_deployment_wants_them_no_more(Class<?> command) {
        assertTrue(
                ENDING.containsKey(command) != KEEPING.contains(command),
                command + " is not known to end machines or to keep them");
        if (KEEPING.contains(command)) return;
        var deployment = new Life<>(new DeploymentDecider(), "web");
        var happened = new ArrayList<Envelope<?>>();
        happened.addAll(deployment.at(START, new DeploymentCommand.Apply(spec(2))));
        happened.addAll(deployment.at(START, new DeploymentCommand.AdoptRevision("base", 1)));
        happened.addAll(deployment.at(END, ENDING.get(command)));
        var released = released(happened);
        assertEquals(2, released.size());
        for (var send : released) {
            var life = ready(send.target().key());
            life.told(send.at(), send.command());
            clean(life);
            life.assertEndedAt(END);
        }
    }

    private static List<Effect.Send> released(List<Envelope<?>> happened) {
        return Life.sent(new RolloutSaga(), happened).stream()
                .filter(send -> send.command() instanceof MachineCommand.Release)
                .toList();
    }
}
