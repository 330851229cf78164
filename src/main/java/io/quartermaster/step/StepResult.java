package io.quartermaster.step;

import java.time.Duration;

/** How a step ended. There is no half-way: what is not known yet is {@link Pending}. */
public sealed interface StepResult {

    /** The check found nothing to do. */
    record Unchanged() implements StepResult {}

    /** Applied, and verified. */
    record Changed() implements StepResult {}

    /** Its condition did not hold. */
    record Skipped() implements StepResult {}

    /** Not a failure: the world needs time. The step is looked at again after {@code retryIn}. */
    record Pending(Duration retryIn, String reason) implements StepResult {}

    /** It did not work. */
    record Failed(Failure failure) implements StepResult {}
}
