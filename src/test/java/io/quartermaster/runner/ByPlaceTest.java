package io.quartermaster.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.Samples;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Journal;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Mixed plans through the runner, with both places played by the test. */
class ByPlaceTest {
    private static final PlanStep CORDON =
            kube("cordon", new KubernetesAction.Cordon("{host.name}"));
    private static final PlanStep UNCORDON = kube("uncordon", new KubernetesAction.Uncordon("n1"));

    /** Which place got which steps, and what it was told to have changed before. */
    private final List<String> given = new ArrayList<>();

    private static PlanStep kube(String name, KubernetesAction action) {
        return PlanStep.of(name, new Step.Kubernetes(action, null));
    }

    private static PlanStep host(String name) {
        return RunnerKit.step(name, "true");
    }

    /** Finishes every step at its place, up to the one that is to end otherwise. */
    private End execute(String place, Work work, Journal journal, String last, End end) {
        given.add(
                place
                        + " "
                        + work.steps().stream().map(task -> task.step().name()).toList()
                        + " after "
                        + new TreeSet<>(work.changedBefore()));
        for (var task : work.steps()) {
            if (task.step().name().equals(last)) return end;
            journal.sending(task.index(), task.index());
            journal.started(task.index(), task.attempt());
            journal.finished(
                    task.index(), task.attempt(), new StepResult.Changed(), Duration.ofMillis(3));
        }
        return new End.Completed();
    }

    private RunnerKit perform(String last, End end, PlanStep... steps) {
        return new RunnerKit(steps).script((work, journal) -> divided(work, journal, last, end));
    }

    private End divided(Work work, Journal journal, String last, End end) {
        var hosts =
                new StepExecutor() {
                    @Override
                    public End execute(Work part, Journal journal) {
                        return ByPlaceTest.this.execute("host", part, journal, last, end);
                    }

                    @Override
                    public Inspection inspect(Target target, Journal journal) {
                        return new Inspection.Seen(Samples.facts());
                    }
                };
        try {
            return new ByPlace(hosts, (part, told) -> execute("cluster", part, told, last, end))
                    .execute(work, journal);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void consecutive_steps_of_a_place_go_there_together_and_know_what_changed_before() {
        var kit =
                perform("", new End.Completed(), host("a"), host("b"), CORDON, UNCORDON, host("c"));
        kit.perform();
        assertEquals(
                List.of(
                        "host [a, b] after []",
                        "cluster [cordon, uncordon] after [a, b]",
                        "host [c] after [a, b, cordon, uncordon]"),
                given);
        assertInstanceOf(MachineEvent.BecameReady.class, kit.last());
        assertEquals(5, finished(kit));
    }

    private static long finished(RunnerKit kit) {
        return kit.events().stream().filter(MachineEvent.StepFinished.class::isInstance).count();
    }

    @Test
    void a_plan_for_a_cluster_alone_speaks_to_no_host() {
        perform("", new End.Completed(), CORDON, UNCORDON).perform();
        assertEquals(List.of("cluster [cordon, uncordon] after []"), given);
    }

    @Test
    void the_texts_of_actions_are_templates() {
        var kit = perform("", new End.Completed(), CORDON);
        kit.perform();
        var step = (Step.Kubernetes) kit.seen.steps().getFirst().step().step();
        assertEquals(new KubernetesAction.Cordon("h1"), step.action());
    }

    @Test
    void what_comes_after_an_end_is_not_begun_and_is_taken_up_from_there() {
        var away = new Failure("cluster-unreachable", "away", "none", Failure.Retry.WORTHWHILE);
        var kit =
                perform(
                        "uncordon",
                        new End.Unreachable(away, Duration.ofSeconds(5)),
                        host("a"),
                        CORDON,
                        UNCORDON,
                        host("b"));
        kit.perform();
        assertInstanceOf(MachineEvent.RunWaiting.class, kit.last());
        given.clear();
        kit.now = kit.now.plusSeconds(60);
        kit.script((work, journal) -> divided(work, journal, "", new End.Completed())).perform();
        assertEquals(
                List.of(
                        "cluster [uncordon] after [a, cordon]",
                        "host [b] after [a, cordon, uncordon]"),
                given);
    }

    @Test
    void a_claim_that_was_lost_ends_it_before_the_next_place_does_anything() {
        var kit = new RunnerKit(host("a"), CORDON);
        kit.script(
                (work, journal) -> {
                    kit.toMachine(new MachineCommand.ClaimRun(1, 1_000, "other", kit.now));
                    return divided(work, journal, "", new End.Completed());
                });
        assertThrows(RunLost.class, kit::perform);
        assertEquals(List.of("host [a] after []"), given);
    }
}
