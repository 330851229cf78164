package io.quartermaster.runner;

import static io.quartermaster.runner.RunnerKit.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.machine.Run;
import io.quartermaster.machine.RunKind;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import io.quartermaster.step.Work.Mode;
import io.quartermaster.step.Work.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TasksTest {

    private static final PlanSpec PLAN =
            new PlanSpec(
                    Map.of(),
                    List.of(
                            step("a", "true", null, "rm a"),
                            step("b", "true"),
                            step("c", "true", null, "rm c")),
                    Map.of());

    private static List<Task> open(RunKind kind, Set<Integer> finished, int failures) {
        var progress = new Run.Progress(finished, Set.of(), -1, failures);
        return Tasks.open(
                new Run(1, kind, 7, progress, null, null),
                Tasks.of(kind, PLAN, new Host.Unknown()));
    }

    private static List<String> names(List<Task> tasks) {
        return tasks.stream().map(Task::step).map(PlanStep::name).toList();
    }

    @Test
    void a_plan_is_done_in_its_order() {
        for (RunKind kind : List.of(RunKind.PROVISION, RunKind.REPAIR, RunKind.UPDATE)) {
            assertEquals(List.of("a", "b", "c"), names(open(kind, Set.of(), 0)));
        }
    }

    @Test
    void it_is_taken_back_in_the_opposite_order_where_it_can_be() {
        var tasks = open(RunKind.CLEAN, Set.of(), 0);
        assertEquals(List.of("c", "a", "leave the host"), names(tasks));
        assertEquals(
                List.of(Mode.UNDO, Mode.UNDO, Mode.APPLY), tasks.stream().map(Task::mode).toList());
    }

    @Test
    void a_host_that_nobody_can_sign_in_to_is_not_left_over_ssh() {
        var nobody =
                new HostSpec(
                        "10.0.0.1",
                        22,
                        "",
                        Become.NOBODY,
                        new Credentials.Agent(),
                        List.of(),
                        null,
                        Map.of(),
                        Map.of());
        var pod =
                new Host.Live(
                        nobody,
                        "provider:kubernetes",
                        List.of(),
                        null,
                        new Host.Occupancy.Vacant(),
                        new Host.Standing.Good());
        var steps = Tasks.of(RunKind.CLEAN, PLAN, pod);
        assertEquals(List.of("c", "a"), steps.stream().map(PlanStep::name).toList());
    }

    @Test
    void what_is_finished_keeps_its_place_but_is_not_done_again() {
        var tasks = open(RunKind.PROVISION, Set.of(0, 1), 0);
        assertEquals(List.of(2), tasks.stream().map(Task::index).toList());
    }

    @Test
    void only_the_next_step_has_attempts_behind_it() {
        var tasks = open(RunKind.PROVISION, Set.of(0), 2);
        assertEquals(List.of(3, 1), tasks.stream().map(Task::attempt).toList());
    }

    @Test
    void what_was_applied_to_a_cluster_is_taken_back_when_it_says_so() {
        var kept = new KubernetesAction.Apply("kind: Pod", null, null, "default", false, false);
        var released = new KubernetesAction.Apply("kind: Pod", null, null, "default", false, true);
        var plan =
                new PlanSpec(
                        Map.of(),
                        List.of(
                                PlanStep.of("kept", new Step.Kubernetes(kept, null)),
                                PlanStep.of("released", new Step.Kubernetes(released, null))),
                        Map.of());
        var progress = new Run.Progress(Set.of(), Set.of(), -1, 0);
        var run = new Run(1, RunKind.CLEAN, 7, progress, null, null);
        var tasks = Tasks.open(run, Tasks.of(RunKind.CLEAN, plan, new Host.Unknown()));
        assertEquals(List.of("released", "leave the host"), names(tasks));
        assertEquals(List.of(Mode.UNDO, Mode.APPLY), tasks.stream().map(Task::mode).toList());
    }
}
