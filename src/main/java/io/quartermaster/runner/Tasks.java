package io.quartermaster.runner;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.Run;
import io.quartermaster.machine.RunKind;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.Work.Mode;
import io.quartermaster.step.Work.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a run in the order of their execution, which is that of the plan, or backwards when
 * it is taken back.
 */
final class Tasks {

    /**
     * Ends every cleaning over SSH, also one without anything to take back: it waits until nothing
     * of the machine runs on the host any more, and leaves this claim's fence there.
     */
    private static final PlanStep LEAVE =
            PlanStep.of("leave the host", new Step.Command("true", "true"));

    private Tasks() {}

    static List<PlanStep> of(RunKind kind, PlanSpec plan, Host host) {
        return switch (kind) {
            case PROVISION, REPAIR, UPDATE -> plan.steps();
            case CLEAN -> undone(plan, host);
        };
    }

    private static List<PlanStep> undone(PlanSpec plan, Host host) {
        List<PlanStep> steps =
                new ArrayList<>(
                        plan.steps().reversed().stream()
                                .filter(PlanStep::needsTakingBack)
                                .toList());
        if (!(host instanceof Host.Live live) || live.spec().signsIn()) {
            steps.add(LEAVE);
        }
        return steps;
    }

    /** What is left to do of a run, not rendered yet. */
    static List<Task> open(Run run, List<PlanStep> steps) {
        List<Task> open = new ArrayList<>();
        int failures = run.progress().failures();
        for (int index = 0; index < steps.size(); index++) {
            if (!run.progress().finished().contains(index)) {
                PlanStep step = steps.get(index);
                Mode mode =
                        run.kind() == RunKind.CLEAN && step.needsTakingBack()
                                ? Mode.UNDO
                                : Mode.APPLY;
                open.add(new Task(index, open.isEmpty() ? failures + 1 : 1, mode, step));
            }
        }
        return open;
    }
}
