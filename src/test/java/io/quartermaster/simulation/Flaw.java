package io.quartermaster.simulation;

/** Mistakes that can be built into a world, to see that the invariants notice them. */
enum Flaw {
    /** The host lets every claim in, and workers go on whatever claims came after theirs. */
    HOST_KNOWS_NO_FENCE,
    /** The host remembers no result, so that whoever comes back does everything again. */
    HOST_FORGETS_RESULTS,
    /** What a step was to do is believed to be done when the step says so. */
    HOST_DOES_NOT_VERIFY,
    /** The machine takes reports from claims that were replaced. */
    MACHINE_BELIEVES_STALE_CLAIMS,
    /** A host is kept for whoever asks. */
    HOST_IS_GIVEN_TO_ANYONE,
    /** Commands of sagas have another id each time they are sent. */
    COMMANDS_ARE_SENT_AGAIN,
    /** What a saga wants is lost now and then. */
    COMMANDS_ARE_LOST,
    /** A machine is released without its host being told. */
    HOSTS_ARE_NOT_FREED
}
