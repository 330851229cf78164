package io.quartermaster.runner;

import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.Run;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Journal;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what an executor says into commands to the machine, and its output into the step log. */
final class RunJournal implements Journal {

    /** Executors ask often, and the answer costs a query. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Claim claim;
    private final List<PlanStep> steps;
    private final Set<String> secrets;
    private final StepLog log;
    private final InstantSource clock;
    private final Map<Integer, Masker> maskers = new HashMap<>();
    private Instant nextLook = Instant.MIN;
    private Wish wish = Wish.GO_ON;

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
        claim.sending(first, last);
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
                    claim.finished(
                            new StepReport(
                                    index,
                                    steps.get(index).name(),
                                    attempt,
                                    StepOutcome.FAILED,
                                    took.toMillis(),
                                    masked(failure)));
        }
    }

    private void report(int index, int attempt, StepOutcome outcome, Duration took) {
        claim.finished(
                new StepReport(
                        index, steps.get(index).name(), attempt, outcome, took.toMillis(), null));
    }

    /** A failure may quote output. */
    Failure masked(Failure failure) {
        Masker masker = new Masker(secrets);
        return new Failure(
                failure.code(),
                masker.mask(failure.reason()),
                masker.mask(failure.remedy()),
                failure.retry());
    }

    @Override
    public void firstContact(String host, String key) {
        claim.toHost(host, new HostCommand.PinKey(key));
    }

    @Override
    public Wish wish() {
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
