package io.quartermaster.machine;

import io.quartermaster.es.Wire;
import io.quartermaster.step.Failure;
import java.time.Instant;

/**
 * What may be asked of a machine. Those with a fence come from the runner and are void once a newer
 * claim exists.
 */
public sealed interface MachineCommand {

    /** Asks for a machine. */
    @Wire("machine.request")
    record Request(MachineSpec spec) implements MachineCommand {}

    /** Gives it the host that was reserved for it. Answered by an event either way. */
    @Wire("machine.allocate")
    record Allocate(String host) implements MachineCommand {}

    /** Runs the same plan again on a ready machine. */
    @Wire("machine.repair")
    record Repair() implements MachineCommand {}

    /**
     * Brings a machine to a specification, in place. A run that is under way is given up for one
     * that knows it.
     */
    @Wire("machine.update")
    record Update(MachineSpec spec) implements MachineCommand {}

    /** Tries again now what failed; a person's decision. */
    @Wire("machine.retry")
    record Retry() implements MachineCommand {}

    /**
     * Tries again what failed, unless something else has happened since that run; the clock's
     * decision.
     */
    @Wire("machine.retry-run")
    record RetryRun(int failedRun) implements MachineCommand {}

    /** Stops the present run; the machine is then failed and can be retried. */
    @Wire("machine.cancel")
    record Cancel(CancelMode mode, String reason) implements MachineCommand {}

    /** Gives the machine up: its steps are taken back, its host is cleaned and freed. */
    @Wire("machine.release")
    record Release(String reason) implements MachineCommand {}

    /** Ends a release whose cleaning cannot succeed; the host goes to quarantine. */
    @Wire("machine.force-release")
    record ForceRelease(String reason) implements MachineCommand {}

    /** What the runner says; refused unless the fence is that of the present claim. */
    sealed interface Report extends MachineCommand {
        int run();

        long fence();
    }

    /**
     * A runner takes the run over, from nobody or from one whose lease ended; refused while the run
     * waits, unless it is to be cancelled. {@code at} is the runner's time.
     */
    @Wire("machine.claim-run")
    record ClaimRun(int run, long fence, String runner, Instant at) implements Report {}

    /** The steps first to last (inclusive, from 0) are about to be sent to the host. */
    @Wire("machine.send-steps")
    record SendSteps(int run, long fence, int first, int last) implements Report {}

    /** A step ended; {@code failure} stands exactly when it failed. */
    @Wire("machine.finish-step")
    record FinishStep(int run, long fence, StepReport report) implements Report {}

    /** Not a failure: the run goes on after {@code until}. */
    @Wire("machine.wait")
    record WaitRun(int run, long fence, Failure why, Instant at, Instant until) implements Report {}

    /** All steps are done. */
    @Wire("machine.complete-run")
    record CompleteRun(int run, long fence) implements Report {}

    /** The run cannot go on. {@code at} is when it was noticed. */
    @Wire("machine.fail-run")
    record FailRun(int run, long fence, Failure failure, Instant at) implements Report {}

    /** What a cancellation does to the step that runs. */
    enum CancelMode {
        /** Lets it finish. */
        AFTER_STEP,
        /** Kills it. */
        NOW
    }
}
