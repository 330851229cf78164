package io.quartermaster.step;

import java.time.Duration;

/**
 * The port to the world: does the work on a target, or takes up what an earlier call left running
 * there.
 */
public interface StepExecutor {

    /**
     * Executes the steps in order until all are finished or one of them is not to be passed. Steps
     * that the target already finished for this run and attempt are reported from its records, not
     * executed again.
     *
     * @throws InterruptedException when the daemon stops; the target goes on with what it has
     */
    End execute(Work work, Journal journal) throws InterruptedException;

    /** Looks at a target: reachability, key, facts. Changes nothing there. */
    Inspection inspect(Target target, Journal journal) throws InterruptedException;

    /** How an execution ended. */
    sealed interface End {

        /** All steps are finished. */
        record Completed() implements End {}

        /** The step's result is reported and is a failure, or pending. */
        record Stopped(int index, StepResult result) implements End {}

        /** Nothing is known to have failed, but the target cannot be spoken to now. */
        record Unreachable(Failure failure, Duration retryIn) implements End {}

        /** The host, or a bastion on the way, shows another key than the pinned ones. */
        record KeyMismatch(String host, String shown) implements End {}

        /** The target has seen a newer claim: this one is void. */
        record Fenced(long newer) implements End {}

        /** Somebody's wish was granted. */
        record Cancelled(int index) implements End {}
    }

    /** What an inspection found. */
    sealed interface Inspection {

        /** It answered. */
        record Seen(Facts facts) implements Inspection {}

        /** It did not, or does not let us in. */
        record Unreachable(Failure failure) implements Inspection {}

        /** It, or a bastion on the way, shows another key than the pinned ones. */
        record KeyMismatch(String host, String shown) implements Inspection {}
    }
}
