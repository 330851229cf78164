package io.quartermaster.machine;

import io.quartermaster.machine.MachineCommand.CancelMode;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A machine's present run.
 *
 * @param number counts up over the machine's life, from 1
 * @param fence fencing token of the newest claim, 0 before the first
 * @param progress what is known of its steps
 * @param pause absent while it does not wait
 * @param cancel what a person asked for
 */
public record Run(
        int number,
        RunKind kind,
        long fence,
        Progress progress,
        @Nullable Wait pause,
        @Nullable CancelMode cancel) {

    /**
     * What is known of the steps.
     *
     * @param finished indexes of the steps that need not be looked at again
     * @param changed names of the steps that changed something
     * @param sent index of the last step that the host may be at work on, -1 when it has none
     * @param failures failed attempts of the step that comes next
     */
    public record Progress(Set<Integer> finished, Set<String> changed, int sent, int failures) {

        static final Progress NONE = new Progress(Set.of(), Set.of(), -1, 0);

        /** Whether the host may still be at work on steps that were sent to it. */
        public boolean outstanding() {
            return sent >= 0 && !finished.contains(sent);
        }

        Progress sent(int last) {
            return new Progress(finished, changed, Math.max(sent, last), failures);
        }

        Progress after(StepReport report) {
            if (report.outcome() == StepOutcome.FAILED) {
                return new Progress(finished, changed, report.index() - 1, report.attempt());
            }
            Set<Integer> nowFinished = new TreeSet<>(finished);
            nowFinished.add(report.index());
            Set<String> nowChanged = new TreeSet<>(changed);
            if (report.outcome() == StepOutcome.CHANGED) {
                nowChanged.add(report.name());
            }
            return new Progress(nowFinished, nowChanged, sent, 0);
        }
    }

    /**
     * A pause that is no failure.
     *
     * @param since when the first of the pauses without progress between them began
     * @param until when the runner looks again
     * @param count pauses since then, from 1
     */
    public record Wait(Instant since, Instant until, int count) {}

    static Run requested(int number, RunKind kind) {
        return new Run(number, kind, 0, Progress.NONE, null, null);
    }

    Run claimed(long newFence) {
        return new Run(number, kind, newFence, progress, pause, cancel);
    }

    Run sent(int last) {
        return new Run(number, kind, fence, progress.sent(last), pause, cancel);
    }

    Run after(StepReport report) {
        return new Run(number, kind, fence, progress.after(report), null, cancel);
    }

    Run waiting(Instant at, Instant until) {
        Wait next =
                pause == null
                        ? new Wait(at, until, 1)
                        : new Wait(pause.since(), until, pause.count() + 1);
        return new Run(number, kind, fence, progress, next, cancel);
    }

    Run cancelling(CancelMode mode) {
        return new Run(number, kind, fence, progress, pause, mode);
    }
}
