package io.quartermaster.step;

import java.util.List;
import java.util.Set;

/**
 * The rest of one run on one target: the steps not yet finished, rendered, in order.
 *
 * @param machine id of the machine; its records on the target lie under it
 * @param run number of the run
 * @param fence fencing token of the claim, growing over all runs of all machines; the target
 *     refuses a smaller one than it has seen
 * @param steps at least one
 * @param changedBefore names of the run's earlier steps that changed something
 */
public record Work(
        String machine,
        int run,
        long fence,
        Target target,
        List<Task> steps,
        Set<String> changedBefore) {

    /**
     * One step to execute.
     *
     * @param index its place in the run, from 0
     * @param attempt from 1; an attempt that the target already knows is not executed again, its
     *     result is read
     */
    public record Task(int index, int attempt, Mode mode, PlanStep step) {}

    /** What is done with a step. */
    public enum Mode {
        /** Check, apply where needed, verify. */
        APPLY,
        /** Take it back. */
        UNDO
    }
}
