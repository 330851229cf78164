package io.quartermaster.machine;

import io.quartermaster.step.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one step.
 *
 * @param index the step's place in the run, from 0
 * @param attempt from 1
 * @param millis how long it took, in milliseconds
 * @param failure stands exactly when the outcome is FAILED
 */
public record StepReport(
        int index,
        String name,
        int attempt,
        StepOutcome outcome,
        long millis,
        @Nullable Failure failure) {}
