package io.quartermaster.runner;

import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.Run;
import io.quartermaster.machine.StepReport;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows for a run from how its execution ended: it is completed, failed, or waits. */
final class Ending {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** A person's decision is waited for; it shall not take long to be noticed. */
    private static final Duration QUARANTINE_PAUSE = Duration.ofSeconds(15);

    private final Claim claim;
    private final Duration patience;
    private final InstantSource clock;

    Ending(Claim claim, Duration patience, InstantSource clock) {
        this.claim = claim;
        this.patience = patience;
        this.clock = clock;
    }

    void of(End end, List<Work.Task> tasks, RunJournal journal) {
        if (!(end instanceof End.Completed)) {
            journal.settle();
        }
        switch (end) {
            case End.Completed completed -> claim.completed(journal.unrecorded());
            case End.Stopped(int index, StepResult result) ->
                    stopped(task(tasks, index), result, journal);
            case End.Unreachable(Failure failure, Duration retryIn) ->
                    unreachable(journal.masked(failure), retryIn);
            case End.KeyMismatch(String host, String shown) -> {
                Failure changed = Failures.keyChanged(host, shown);
                claim.toHost(host, new HostCommand.Quarantine(changed.code(), changed.reason()));
                await(changed);
            }
            case End.Fenced(long newer) ->
                    throw new RunLost("fence " + newer + " is newer than " + claim.fence());
            case End.Cancelled cancelled ->
                    fail(journal.failed().orElse(null), Failures.cancelled());
        }
    }

    private static Work.Task task(List<Work.Task> tasks, int index) {
        return tasks.stream().filter(task -> task.index() == index).findFirst().orElseThrow();
    }

    private void stopped(Work.Task task, StepResult result, RunJournal journal) {
        PlanStep step = task.step();
        switch (result) {
            case StepResult.Failed(Failure failure) ->
                    failed(task, journal.masked(failure), journal);
            case StepResult.Pending(Duration retryIn, String reason) ->
                    pending(step, retryIn, journal.masked(reason));
            case StepResult.Unchanged ignored -> throw unfinished(step);
            case StepResult.Changed ignored -> throw unfinished(step);
            case StepResult.Skipped ignored -> throw unfinished(step);
        }
    }

    private static IllegalStateException unfinished(PlanStep step) {
        return new IllegalStateException(
                "the executor stopped at step '" + step.name() + "' although it succeeded");
    }

    private void failed(Work.Task task, Failure failure, RunJournal journal) {
        PlanStep step = task.step();
        Failure inStep = Failures.inStep(step, failure);
        if (failure.retry() == Retry.WORTHWHILE && task.attempt() <= step.retries()) {
            later(journal.failed().orElse(null), inStep, doubled(step.backoff(), task.attempt()));
        } else {
            fail(journal.failed().orElse(null), inStep);
        }
    }

    private void pending(PlanStep step, Duration retryIn, String reason) {
        if (longerThan(step.timeout(), claim.held().run())) {
            fail(Failures.waitedTooLong(step, reason));
        } else {
            later(null, Failures.pending(step, reason), retryIn);
        }
    }

    /**
     * The host cannot be spoken to now: later again, unless that cannot help or went on too long.
     */
    void unreachable(Failure failure, Duration atLeast) {
        Run run = claim.held().run();
        if (failure.retry() == Retry.POINTLESS || longerThan(patience, run)) {
            fail(failure);
            return;
        }
        Duration pause = doubled(FIRST_PAUSE, run.pause() == null ? 1 : run.pause().count() + 1);
        later(null, failure, pause.compareTo(atLeast) < 0 ? atLeast : pause);
    }

    /** A person has to decide something about the host; the run goes on by itself afterwards. */
    void await(Failure why) {
        if (longerThan(patience, claim.held().run())) {
            fail(why);
        } else {
            later(null, why, QUARANTINE_PAUSE);
        }
    }

    /** What is to be cancelled does not wait for anything. */
    private void later(@Nullable StepReport failed, Failure why, Duration pause) {
        if (claim.held().run().cancel() != null) {
            fail(failed, Failures.cancelled(why));
        } else {
            claim.waits(failed, why, clock.instant(), pause);
        }
    }

    void fail(Failure failure) {
        fail(null, failure);
    }

    private void fail(@Nullable StepReport failed, Failure failure) {
        claim.failed(failed, failure, clock.instant());
    }

    private boolean longerThan(Duration limit, Run run) {
        Instant now = clock.instant();
        return run.pause() != null && now.isAfter(run.pause().since().plus(limit));
    }

    private static Duration doubled(Duration first, int times) {
        Duration pause = first.multipliedBy(1L << Math.min(times - 1, 16));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
