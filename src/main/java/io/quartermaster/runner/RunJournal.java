package io.quartermaster.runner;

import io.quartermaster.es.Rejected;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.Run;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Journal;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what an executor says into commands to the machine, and its output into the step log. */
final class RunJournal implements Journal, AutoCloseable {

    /** Executors ask often, and the answer costs a query. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /**
     * Steps that end within this time are recorded together, since each append has its price in
     * every view. What is lost with this process, the target tells again to whoever takes over.
     */
    private static final Duration GATHER = Duration.ofMillis(500);

    private final Claim claim;
    private final List<PlanStep> steps;
    private final Set<String> secrets;
    private final StepLog log;
    private final InstantSource clock;
    private final Map<Integer, Masker> maskers = new HashMap<>();
    private final List<StepReport> ended = new ArrayList<>();
    private Instant recordAt = Instant.MAX;
    private Instant nextLook = Instant.MIN;
    private Wish wish = Wish.GO_ON;
    private @Nullable StepReport failed;

    RunJournal(
            Claim claim,
            List<PlanStep> steps,
            Set<String> secrets,
            StepLog log,
            InstantSource clock) {
        this.claim = claim;
        this.steps = steps;
        this.secrets = secrets;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void sending(int first, int last) {
        claim.sending(unrecorded(), first, last);
    }

    @Override
    public void started(int index, int attempt) {
        maskers.put(index, new Masker(secrets));
        log.begin(claim.run().machine(), claim.run().number(), index, attempt);
    }

    @Override
    public void output(int index, String text) {
        keep(index, maskers.computeIfAbsent(index, any -> new Masker(secrets)).pass(text));
    }

    private void keep(int index, String masked) {
        if (!masked.isEmpty()) {
            log.append(claim.run().machine(), claim.run().number(), index, masked);
        }
    }

    @Override
    public void finished(int index, int attempt, StepResult result, Duration took) {
        Masker masker = maskers.remove(index);
        if (masker != null) {
            keep(index, masker.rest());
        }
        switch (result) {
            case StepResult.Unchanged unchanged ->
                    report(index, attempt, StepOutcome.UNCHANGED, took);
            case StepResult.Changed changed -> report(index, attempt, StepOutcome.CHANGED, took);
            case StepResult.Skipped skipped -> report(index, attempt, StepOutcome.SKIPPED, took);
            case StepResult.Pending pending -> {
                /* it did not end: the execution's end says so */
            }
            case StepResult.Failed(Failure failure) ->
                    failed =
                            new StepReport(
                                    index,
                                    steps.get(index).name(),
                                    attempt,
                                    StepOutcome.FAILED,
                                    took.toMillis(),
                                    masked(failure));
        }
    }

    /**
     * The failed attempt, with which an execution ends. It is recorded together with what follows
     * from it; until then the target's own record of it stands.
     */
    Optional<StepReport> failed() {
        return Optional.ofNullable(failed);
    }

    /** A step whose condition does not hold. */
    void skipped(Work.Task task) {
        report(task.index(), task.attempt(), StepOutcome.SKIPPED, Duration.ZERO);
    }

    private void report(int index, int attempt, StepOutcome outcome, Duration took) {
        if (ended.isEmpty()) {
            recordAt = clock.instant().plus(GATHER);
        }
        ended.add(
                new StepReport(
                        index, steps.get(index).name(), attempt, outcome, took.toMillis(), null));
        settleWhenDue();
    }

    private void settleWhenDue() {
        if (!ended.isEmpty() && !clock.instant().isBefore(recordAt)) {
            settle();
        }
    }

    /** Steps that ended and are not recorded yet; whoever asks records them. */
    List<StepReport> unrecorded() {
        List<StepReport> taken = List.copyOf(ended);
        ended.clear();
        return taken;
    }

    /** Records all that is not recorded yet. */
    void settle() {
        List<StepReport> last = unrecorded();
        if (!last.isEmpty()) {
            claim.finished(last);
        }
    }

    /** What ended is recorded however the execution ends. */
    @Override
    public void close() {
        settle();
    }

    /** A failure may quote output. */
    Failure masked(Failure failure) {
        return new Failure(
                failure.code(),
                masked(failure.reason()),
                masked(failure.remedy()),
                failure.retry());
    }

    /** What an executor says may quote output. */
    String masked(String text) {
        return new Masker(secrets).mask(text);
    }

    @Override
    public void firstContact(String host, String key) {
        try {
            claim.toHost(host, new HostCommand.PinKey(key));
        } catch (Rejected refused) {
            // Somebody else's first contact was first, with another key: the next one compares.
            throw new RunLost(refused.getMessage());
        }
    }

    @Override
    public Wish wish() {
        settleWhenDue();
        Instant now = clock.instant();
        if (!now.isBefore(nextLook)) {
            nextLook = now.plus(LOOK_EVERY);
            wish = look();
        }
        return wish;
    }

    private Wish look() {
        Run run = claim.held().run();
        if (run.cancel() == null) {
            return Wish.GO_ON;
        }
        return switch (run.cancel()) {
            case AFTER_STEP -> Wish.STOP;
            case NOW -> Wish.KILL;
        };
    }
}
