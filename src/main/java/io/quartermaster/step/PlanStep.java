package io.quartermaster.step;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A step at its place in a plan.
 *
 * @param name unique within the plan; what people see
 * @param when expression over facts, parameters, host variables and machine; absent: always
 * @param timeout limit for one attempt, check, apply and verify together
 * @param retries further attempts after a failed one, 0 to 20
 * @param backoff pause before the first further attempt; doubles each time, up to five minutes
 * @param undo plain sh that takes the step back when the machine is released; absent: nothing is
 *     taken back
 */
public record PlanStep(
        String name,
        Step step,
        @Nullable String when,
        Duration timeout,
        int retries,
        Duration backoff,
        @Nullable String undo) {

    /** The same with every text of the step, and its undo, passed through {@code template}. */
    public PlanStep rendered(UnaryOperator<String> template) {
        return with(step.rendered(template), template);
    }

    /**
     * The same with only what takes it back passed through {@code template}: its undo, or the step
     * when that says it.
     */
    public PlanStep undoRendered(UnaryOperator<String> template) {
        return with(step.takesItselfBack() ? step.rendered(template) : step, template);
    }

    private PlanStep with(Step rendered, UnaryOperator<String> template) {
        String undone = undo == null ? null : template.apply(undo);
        return new PlanStep(name, rendered, when, timeout, retries, backoff, undone);
    }

    /** Whether there is something to take back when the machine is released. */
    public boolean needsTakingBack() {
        return undo != null || step.takesItselfBack();
    }

    /** A step with the default limits: five minutes, two retries, backoff from two seconds. */
    public static PlanStep of(String name, Step step) {
        return new PlanStep(
                name, step, null, Duration.ofMinutes(5), 2, Duration.ofSeconds(2), null);
    }
}
