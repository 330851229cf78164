package io.quartermaster.runner;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One claimed run from taking it over to the end of what can be done for it now. */
final class Execution {

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
        Claim.Held held = claim.held();
        String name = held.machine().host();
        if (held.run().cancel() != null) {
            ending.fail(Failures.cancelled());
            return;
        }
        if (name == null) {
            throw new RunLost("machine " + claim.run().machine() + " has a run but no host");
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
        execute(held, name, plan.get(), new Templates(scope, tools.secrets()));
    }

    private void execute(Claim.Held held, String host, PlanSpec plan, Templates templates)
            throws InterruptedException {
        List<PlanStep> steps = Tasks.of(held.run().kind(), plan);
        try {
            Target target = tools.targets().target(host);
            List<Work.Task> tasks = rendered(Tasks.open(held.run(), steps), templates);
            RunJournal journal =
                    new RunJournal(
                            claim, steps, templates.secretsUsed(), tools.log(), tools.clock());
            List<Work.Task> wanted = skipping(tasks, templates, journal);
            if (wanted.isEmpty()) {
                claim.completed();
                return;
            }
            DueRun run = claim.run();
            var changed = held.run().progress().changed();
            var work =
                    new Work(run.machine(), run.number(), claim.fence(), target, wanted, changed);
            ending.of(tools.executor().execute(work, journal), wanted, journal);
        } catch (Templates.Unrenderable refused) {
            ending.fail(Failures.unrenderable(refused));
        } catch (Targets.NoWay none) {
            ending.unreachable(none.failure(), Duration.ZERO);
        }
    }

    private static List<Work.Task> rendered(List<Work.Task> tasks, Templates templates) {
        List<Work.Task> rendered = new ArrayList<>();
        for (Work.Task task : tasks) {
            PlanStep step = templates.render(task.step());
            rendered.add(new Work.Task(task.index(), task.attempt(), task.mode(), step));
        }
        return rendered;
    }

    private static List<Work.Task> skipping(
            List<Work.Task> tasks, Templates templates, RunJournal journal) {
        List<Work.Task> wanted = new ArrayList<>();
        for (Work.Task task : tasks) {
            if (task.mode() == Work.Mode.UNDO || templates.holds(task.step())) {
                wanted.add(task);
            } else {
                var skipped = new StepResult.Skipped();
                journal.finished(task.index(), task.attempt(), skipped, Duration.ZERO);
            }
        }
        return wanted;
    }
}
