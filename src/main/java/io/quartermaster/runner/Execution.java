package io.quartermaster.runner;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One claimed run from taking it over to the end of what can be done for it now. */
final class Execution {

    private static final Duration DEFECT_PAUSE = Duration.ofSeconds(30);

    private final Claim claim;
    private final Tools tools;
    private final Ending ending;

    /** What every execution needs. */
    record Tools(
            StepExecutor executor,
            Targets targets,
            Plans plans,
            Secrets secrets,
            StepLog log,
            RunnerSettings settings,
            InstantSource clock) {}

    Execution(Claim claim, Tools tools) {
        this.claim = claim;
        this.tools = tools;
        this.ending = new Ending(claim, tools.settings().patience(), tools.clock());
    }

    /**
     * Does what can be done now.
     *
     * @throws RunLost when the run is somebody else's by now
     * @throws InterruptedException when the daemon stops; the run can be taken over
     */
    void perform() throws InterruptedException {
        claim.take(tools.clock().instant());
        try {
            attend(claim.held());
        } catch (RunLost lost) {
            throw lost;
        } catch (RuntimeException defect) {
            if (Thread.interrupted()) {
                throw stopped(defect);
            }
            pauseAfter(defect);
            throw defect;
        } catch (StackOverflowError deep) {
            var defect = new IllegalStateException("something was nested too deeply", deep);
            pauseAfter(defect);
            throw defect;
        }
    }

    /** A query that is interrupted ends with a failure of its own, which is none. */
    private static InterruptedException stopped(RuntimeException inside) {
        var stopped = new InterruptedException("interrupted; the target goes on with what it has");
        stopped.initCause(inside);
        return stopped;
    }

    /** Without a pause the run would be due at once, and meet the same defect for ever. */
    private void pauseAfter(RuntimeException defect) {
        try {
            ending.unreachable(Failures.defect(defect), DEFECT_PAUSE);
        } catch (RuntimeException second) {
            defect.addSuppressed(second);
        }
    }

    private void attend(Claim.Held held) throws InterruptedException {
        String name = held.machine().host();
        if (name == null) {
            throw new RunLost("machine " + claim.run().machine() + " has a run but no host");
        }
        if (held.run().cancel() != null && !held.run().progress().outstanding()) {
            ending.fail(Failures.cancelled());
            return;
        }
        Host host = tools.targets().host(name);
        if (host instanceof Host.Live live
                && live.standing() instanceof Host.Standing.Quarantined quarantined) {
            ending.await(Failures.quarantined(name, quarantined.reason()));
            return;
        }
        MachineSpec spec = held.machine().spec();
        Optional<PlanSpec> plan = tools.plans().revision(spec.plan(), spec.revision());
        if (plan.isEmpty()) {
            ending.fail(Failures.noRevision(spec.plan(), spec.revision()));
            return;
        }
        var scope = Scope.of(claim.run().machine(), spec, plan.get(), name, host);
        List<PlanStep> steps = Tasks.of(held.run().kind(), plan.get(), host);
        execute(held, name, steps, new Templates(scope, tools.secrets()));
    }

    private void execute(Claim.Held held, String host, List<PlanStep> steps, Templates templates)
            throws InterruptedException {
        List<Work.Task> open = Tasks.open(held.run(), steps);
        try {
            Target target = tools.targets().target(host);
            List<Work.Task> wanted = open.stream().filter(task -> wanted(task, templates)).toList();
            List<Work.Task> rendered =
                    wanted.stream().map(task -> rendered(task, templates)).toList();
            try (var journal =
                    new RunJournal(
                            claim, steps, templates.secretsUsed(), tools.log(), tools.clock())) {
                open.stream().filter(task -> !wanted.contains(task)).forEach(journal::skipped);
                var end =
                        rendered.isEmpty()
                                ? new StepExecutor.End.Completed()
                                : tools.executor().execute(work(held, target, rendered), journal);
                ending.of(end, rendered, journal);
            }
        } catch (Templates.Unrenderable refused) {
            ending.fail(Failures.unrenderable(refused));
        } catch (Paths.Unsafe refused) {
            ending.fail(Failures.unsafePath(refused));
        } catch (Targets.NoWay none) {
            ending.unreachable(none.failure(), Duration.ZERO);
        }
    }

    private Work work(Claim.Held held, Target target, List<Work.Task> tasks) {
        DueRun run = claim.run();
        var changed = held.run().progress().changed();
        return new Work(run.machine(), run.number(), claim.fence(), target, tasks, changed);
    }

    /** What was done is taken back whatever the condition says now. */
    private static boolean wanted(Work.Task task, Templates templates) {
        return task.mode() == Work.Mode.UNDO || templates.holds(task.step());
    }

    private static Work.Task rendered(Work.Task task, Templates templates) {
        PlanStep step =
                switch (task.mode()) {
                    case APPLY -> templates.render(task.step());
                    case UNDO -> templates.renderUndo(task.step());
                };
        return new Work.Task(task.index(), task.attempt(), task.mode(), step);
    }
}
