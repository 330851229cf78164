package io.quartermaster.kube;

import io.quartermaster.kube.Api.Killed;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Journal;
import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One step while it is done: whose it is, how long it may take, what it says, who stops it. */
final class Doing implements Api.Gate {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int MOST_OUTPUT = 1 << 20;

    private final Work work;
    private final Work.Task task;
    private final Journal journal;
    private final InstantSource clock;
    private final Instant end;
    private int said;

    Doing(Work work, Work.Task task, Journal journal, InstantSource clock) {
        this.work = work;
        this.task = task;
        this.journal = journal;
        this.clock = clock;
        this.end = clock.instant().plus(task.step().timeout());
    }

    /** Id of the machine. */
    String machine() {
        return work.machine();
    }

    int run() {
        return work.run();
    }

    Work.Task task() {
        return task;
    }

    /** How much of the step's time is left. */
    Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Adds a line to the step's output. */
    void say(String line) {
        print(line + "\n");
    }

    /** Adds to the step's output, up to a mebibyte. */
    void print(String text) {
        if (said >= MOST_OUTPUT || text.isEmpty()) {
            return;
        }
        said += text.length();
        boolean full = said >= MOST_OUTPUT;
        journal.output(task.index(), full ? text + "\n[output beyond 1 MiB is not kept]\n" : text);
    }

    /** Also makes sure that the claim still holds: the journal throws when it does not. */
    @Override
    public void pass() throws Killed {
        if (journal.wish() == Wish.KILL) {
            throw new Killed();
        }
    }

    /** How something looks that is waited for. */
    sealed interface Seen {
        /** It is as it shall be. */
        record Done() implements Seen {}

        /** It is not yet, and how it is instead. */
        record NotYet(String state) implements Seen {}

        /** It will not be. */
        record Never(Failure failure) implements Seen {}
    }

    /** Looks at what is waited for. */
    @FunctionalInterface
    interface Look {
        Seen look() throws ClusterException, InterruptedException, Killed;
    }

    /**
     * Looks again and again until it is so, it cannot be any more, or the step's time is over.
     *
     * @return unchanged when it was so at the first look, changed when it came to be
     * @throws InterruptedException when the daemon stops
     */
    StepResult await(Look what) throws ClusterException, InterruptedException, Killed {
        String last = "";
        StepResult done = new StepResult.Unchanged();
        Duration pause = FIRST_PAUSE;
        while (true) {
            switch (what.look()) {
                case Seen.Done _ -> {
                    return done;
                }
                case Seen.Never(Failure failure) -> {
                    return new StepResult.Failed(failure);
                }
                case Seen.NotYet(String state) -> {
                    if (!state.equals(last)) {
                        say(state);
                    }
                    last = state;
                }
            }
            if (left().isZero()) {
                return new StepResult.Failed(timeout(last));
            }
            Thread.sleep(pause.compareTo(left()) < 0 ? pause : left());
            pass();
            done = new StepResult.Changed();
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : LONGEST_PAUSE;
        }
    }

    /** That the step's time is over, and how it was then. */
    Failure timeout(String state) {
        return Failures.again(
                "step-timeout",
                "it was not so within " + task.step().timeout().toSeconds() + " s: " + state,
                "see why, or give the step more timeoutSeconds");
    }
}
