package io.quartermaster.machine;

/** What a run is for. */
public enum RunKind {
    /** Makes the machine. */
    PROVISION,
    /** Runs the same plan again on a machine that was ready. */
    REPAIR,
    /** Runs another revision, or other parameters, on a machine that was ready. */
    UPDATE,
    /** Takes the steps back and removes the machine's traces from its host. */
    CLEAN
}
