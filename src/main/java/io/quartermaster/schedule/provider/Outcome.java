package io.quartermaster.schedule.provider;

/** What a pass did about one host. */
enum Outcome {
    /** There is nothing to do. */
    SETTLED,
    /** Something was done; more follows. */
    MOVED,
    /** It waits for the cluster. */
    WAITS
}
