package io.quartermaster.machine;

/** How a finished step of a run ended; a failed one may be tried again in the same run. */
public enum StepOutcome {
    UNCHANGED,
    CHANGED,
    SKIPPED,
    FAILED
}
