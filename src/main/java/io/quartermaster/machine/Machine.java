package io.quartermaster.machine;

import io.quartermaster.step.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The states of a machine. */
public sealed interface Machine {

    /** Never asked for. */
    record None() implements Machine {}

    /**
     * Asked for and not yet gone.
     *
     * @param host where it is, absent before it is allocated
     * @param runs number of the newest run, 0 before the first
     * @param failures failed runs in a row of the same kind and specification
     */
    record Live(MachineSpec spec, @Nullable String host, Phase phase, int runs, int failures)
            implements Machine {

        Live in(Phase next) {
            return new Live(spec, host, next, runs, failures);
        }

        Live on(String newHost) {
            return new Live(spec, newHost, phase, runs, failures);
        }

        Live as(MachineSpec newSpec) {
            return new Live(newSpec, host, phase, runs, 0);
        }

        Live starting(int run, RunKind kind) {
            boolean again = phase instanceof Phase.Failed failed && failed.kind() == kind;
            Phase next = new Phase.Working(Run.requested(run, kind));
            return new Live(spec, host, next, run, again ? failures : 0);
        }

        Live failing(Phase.Failed failed) {
            return new Live(spec, host, failed, runs, failures + 1);
        }

        Live succeeding() {
            return new Live(spec, host, phase, runs, 0);
        }
    }

    /** Gone, with the host it was on last. */
    record Released() implements Machine {}

    /** Where a live machine stands. */
    sealed interface Phase {

        /** Waits for a host. */
        record Requested() implements Phase {}

        /** A run is due or goes on. */
        record Working(Run run) implements Phase {}

        /** Its plan is applied. */
        record Ready() implements Phase {}

        /** A run failed; it is tried again at {@code retryAt}, or when a person says so. */
        record Failed(int run, RunKind kind, Failure failure, @Nullable Instant retryAt)
                implements Phase {}

        /** The word for it in lists. */
        default String word() {
            return switch (this) {
                case Requested requested -> "requested";
                case Ready ready -> "ready";
                case Failed failed -> "failed";
                case Working working ->
                        switch (working.run().kind()) {
                            case PROVISION ->
                                    working.run().fence() == 0 ? "allocated" : "provisioning";
                            case REPAIR -> "repairing";
                            case UPDATE -> "updating";
                            case CLEAN -> "releasing";
                        };
            };
        }
    }
}
