package io.quartermaster.simulation;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.simulation.RunFolder.Result;
import io.quartermaster.step.Failure;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold in one machine's life: runs follow each other, and what is reported is true. */
final class MachineStory {

    private final String id;
    private final Invariants invariants;
    private final World world;
    private final Set<Integer> finished = new HashSet<>();
    private @Nullable MachineSpec spec;
    private @Nullable String host;
    private int run;
    private long fence;
    private String runner = "";
    private boolean released;
    private boolean forced;

    MachineStory(String id, Invariants invariants, World world) {
        this.id = id;
        this.invariants = invariants;
        this.world = world;
    }

    /** The host it was given, or nothing. */
    @Nullable String host() {
        return host;
    }

    /** Whether it was released although its host was not cleaned. */
    boolean isForced() {
        return forced;
    }

    void happened(MachineEvent event, String who) {
        boolean late = released && !(event instanceof MachineEvent.HostDeclined);
        require(!late, "a released machine stays released", event);
        switch (event) {
            case MachineEvent.Requested requested -> spec = requested.spec();
            case MachineEvent.SpecChanged changed -> spec = changed.spec();
            case MachineEvent.Allocated allocated -> {
                require(host == null, "a machine is given one host", event);
                host = allocated.host();
            }
            case MachineEvent.RunRequested requested -> began(requested);
            case MachineEvent.RunClaimed claimed -> claimed(claimed);
            case MachineEvent.StepsSent sent -> reported(sent.run(), event);
            case MachineEvent.StepFinished step -> {
                reported(step.run(), event);
                finished(step.report());
            }
            case MachineEvent.RunWaiting waiting -> {
                reported(waiting.run(), event);
                inWords(waiting.why(), event);
            }
            case MachineEvent.RunCompleted completed -> reported(completed.run(), event);
            case MachineEvent.BecameReady ready -> ready();
            case MachineEvent.Failed failed -> inWords(failed.failure(), event);
            case MachineEvent.Released gone -> released(gone);
            case MachineEvent.HostDeclined ignored -> {}
            case MachineEvent.CancelRequested ignored -> {}
            case MachineEvent.ReleaseStarted ignored -> {}
        }
    }

    private void require(boolean holds, String invariant, Object found) {
        invariants.require(holds, invariant, id + ", " + found);
    }

    private void began(MachineEvent.RunRequested requested) {
        require(requested.run() == run + 1, "runs are numbered one after the other", requested);
        run = requested.run();
        runner = "";
        finished.clear();
    }

    private void claimed(MachineEvent.RunClaimed claimed) {
        require(claimed.run() == run, "only the present run is claimed", claimed);
        require(claimed.fence() > fence, "fences only grow", claimed);
        fence = claimed.fence();
        runner = claimed.runner();
    }

    private void reported(int of, MachineEvent event) {
        require(of == run, "one run at a time per machine", event);
        require(
                runner.equals(world.acting()),
                "only the newest claim reports",
                event + " by " + world.acting() + ", claimed by " + runner);
    }

    private void inWords(Failure failure, MachineEvent event) {
        boolean blank =
                failure.code().isBlank()
                        || failure.reason().isBlank()
                        || failure.remedy().isBlank();
        require(!blank, "what fails or waits says why, and what to do", event);
    }

    private void finished(StepReport report) {
        boolean fails = report.outcome() == StepOutcome.FAILED;
        require(fails || finished.add(report.index()), "no step is finished twice", report);
        PlanStep step = step(report.name());
        int retries = step == null ? 2 : step.retries();
        require(report.attempt() <= retries + 1, "no more attempts than allowed", report);
        if (report.outcome() != StepOutcome.SKIPPED) {
            var results = simulated().folder(id, run).results;
            String attempt = report.index() + "." + report.attempt();
            Result result = results.getOrDefault("u" + attempt, results.get(attempt));
            require(
                    isTrue(report.outcome(), result),
                    "what is reported is true",
                    report + " " + result);
        }
    }

    private static boolean isTrue(StepOutcome outcome, @Nullable Result result) {
        return result != null
                && switch (outcome) {
                    case UNCHANGED -> result == Result.UNCHANGED;
                    case CHANGED -> result == Result.CHANGED;
                    case FAILED -> !result.passes();
                    case SKIPPED -> false;
                };
    }

    private @Nullable PlanStep step(String name) {
        return plan().steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private PlanSpec plan() {
        return invariants.plan(spec.plan(), spec.revision());
    }

    private SimulatedHost simulated() {
        return world.hosts.get(host);
    }

    /** Ready means that everything the plan says is there. */
    private void ready() {
        for (PlanStep step : plan().steps()) {
            boolean wanted = step.when() == null || simulated().facts().os().equals("debian");
            if (wanted && step.step() instanceof Step.File file) {
                String content = String.valueOf(file.content()).replace("{machine.name}", id);
                require(
                        content.equals(simulated().files.get(file.path())),
                        "a ready machine has what its plan says",
                        file + " " + simulated().files);
            }
        }
    }

    /** Released without force means that its traces are gone. */
    private void released(MachineEvent.Released gone) {
        released = true;
        forced = gone.forced() != null;
        if (gone.host() == null || forced) {
            return;
        }
        for (PlanStep step : plan().steps()) {
            if (step.step() instanceof Step.File file) {
                require(
                        !simulated().files.containsKey(file.path()),
                        "a released machine leaves nothing behind",
                        file + " " + simulated().files);
            }
        }
    }
}
