package io.quartermaster.ssh;

import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import io.quartermaster.step.Step;
import io.quartermaster.step.Work;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive steps that travel together. A restart ends a segment, since nothing comes back after
 * it; so does a megabyte of text, since a target keeps the text while it works.
 *
 * @param steps in order; may be empty when the first step cannot be executed
 * @param refused why the step after them cannot be executed; null when it can, or there is none
 */
record Segment(List<Prepared> steps, @Nullable Refused refused) {
    private static final int MAX_TEXT = 1024 * 1024;

    /** A step with its text. */
    record Prepared(Work.Task task, String function) {}

    /** A step that no target could execute. */
    record Refused(Work.Task task, Failure failure) {}

    /** Takes the next segment's steps from the front. */
    static Segment next(Deque<Work.Task> left, StepText texts) {
        List<Prepared> steps = new ArrayList<>();
        int size = 0;
        while (!left.isEmpty() && size < MAX_TEXT) {
            Work.Task task = left.removeFirst();
            try {
                String function = Bundle.function(task, texts);
                steps.add(new Prepared(task, function));
                size += function.length();
            } catch (StepText.InvalidStep e) {
                Failure failure =
                        new Failure(
                                "step-invalid",
                                String.valueOf(e.getMessage()),
                                "Correct the step",
                                Retry.POINTLESS);
                return new Segment(List.copyOf(steps), new Refused(task, failure));
            }
            if (task.step().step() instanceof Step.Reboot) {
                break;
            }
        }
        return new Segment(List.copyOf(steps), null);
    }

    /** Its steps without their texts. */
    List<Work.Task> tasks() {
        return steps.stream().map(Prepared::task).toList();
    }
}
