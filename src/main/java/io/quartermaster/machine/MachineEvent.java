package io.quartermaster.machine;

import io.quartermaster.es.Wire;
import io.quartermaster.step.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to a machine. */
public sealed interface MachineEvent {

    @Wire("machine.requested")
    record Requested(MachineSpec spec) implements MachineEvent {}

    @Wire("machine.allocated")
    record Allocated(String host) implements MachineEvent {}

    /** A host was reserved that is not needed (any more). */
    @Wire("machine.host-declined")
    record HostDeclined(String host) implements MachineEvent {}

    @Wire("machine.spec-changed")
    record SpecChanged(MachineSpec spec) implements MachineEvent {}

    /** A run is due; the runner takes it. */
    @Wire("machine.run-requested")
    record RunRequested(int run, RunKind kind) implements MachineEvent {}

    @Wire("machine.run-claimed")
    record RunClaimed(int run, long fence, String runner) implements MachineEvent {}

    @Wire("machine.steps-sent")
    record StepsSent(int run, int first, int last) implements MachineEvent {}

    @Wire("machine.step-finished")
    record StepFinished(int run, StepReport report) implements MachineEvent {}

    @Wire("machine.run-waiting")
    record RunWaiting(int run, Failure why, Instant at, Instant until) implements MachineEvent {}

    @Wire("machine.cancel-requested")
    record CancelRequested(int run, MachineCommand.CancelMode mode, String reason)
            implements MachineEvent {}

    @Wire("machine.run-completed")
    record RunCompleted(int run, RunKind kind) implements MachineEvent {}

    @Wire("machine.ready")
    record BecameReady() implements MachineEvent {}

    /** The machine is failed; {@code retryAt} is absent when a person has to act. */
    @Wire("machine.failed")
    record Failed(int run, RunKind kind, Failure failure, @Nullable Instant retryAt)
            implements MachineEvent {}

    @Wire("machine.release-started")
    record ReleaseStarted(String reason) implements MachineEvent {}

    /**
     * Gone. {@code host} is absent when it never had one; {@code forced} when its cleaning did not
     * succeed.
     */
    @Wire("machine.released")
    record Released(@Nullable String host, @Nullable String forced) implements MachineEvent {}
}
