package io.quartermaster.machine;

import io.quartermaster.es.Rejected;
import io.quartermaster.machine.Machine.Live;
import io.quartermaster.machine.Machine.Phase;
import io.quartermaster.machine.MachineCommand.Report;
import java.util.List;

/** The part of a machine's rules that answers its runner. */
final class RunReports {

    private RunReports() {}

    static List<MachineEvent> decide(Report report, Live machine) {
        if (!(machine.phase() instanceof Phase.Working working)
                || working.run().number() != report.run()) {
            throw new Rejected(
                    "stale-run",
                    "run "
                            + report.run()
                            + " is not the machine's present run; the machine is "
                            + machine.phase().word());
        }
        Run run = working.run();
        if (report instanceof MachineCommand.ClaimRun claim) {
            return claim(claim, run);
        }
        if (report.fence() != run.fence()) {
            throw new Rejected(
                    "stale-fence",
                    "run "
                            + run.number()
                            + " was claimed with fence "
                            + run.fence()
                            + "; the claim with fence "
                            + report.fence()
                            + " is void");
        }
        return fenced(report, run, machine);
    }

    private static List<MachineEvent> claim(MachineCommand.ClaimRun claim, Run run) {
        if (claim.fence() < run.fence()) {
            throw new Rejected(
                    "stale-fence",
                    "run "
                            + run.number()
                            + " was claimed with fence "
                            + run.fence()
                            + ", newer than "
                            + claim.fence());
        }
        if (claim.fence() == run.fence()) {
            return List.of();
        }
        if (run.pause() != null
                && run.cancel() == null
                && run.pause().until().isAfter(claim.at())) {
            throw new Rejected(
                    "run-waits",
                    "run "
                            + run.number()
                            + " waits until "
                            + run.pause().until()
                            + "; claim it then");
        }
        return List.of(new MachineEvent.RunClaimed(run.number(), claim.fence(), claim.runner()));
    }

    private static List<MachineEvent> fenced(Report report, Run run, Live machine) {
        return switch (report) {
            case MachineCommand.ClaimRun claim -> claim(claim, run);
            case MachineCommand.SendSteps send ->
                    send.last() <= run.progress().sent()
                            ? List.of()
                            : List.of(
                                    new MachineEvent.StepsSent(
                                            run.number(), send.first(), send.last()));
            case MachineCommand.FinishStep finish -> finish(finish.report(), run);
            case MachineCommand.WaitRun wait ->
                    List.of(
                            new MachineEvent.RunWaiting(
                                    run.number(), wait.why(), wait.at(), wait.until()));
            case MachineCommand.CompleteRun complete -> complete(run, machine);
            case MachineCommand.FailRun fail ->
                    List.of(
                            new MachineEvent.Failed(
                                    run.number(),
                                    run.kind(),
                                    fail.failure(),
                                    MachineDecider.retryAt(
                                            fail.failure(), machine.failures(), fail.at())));
        };
    }

    private static List<MachineEvent> finish(StepReport report, Run run) {
        boolean known =
                run.progress().finished().contains(report.index())
                        || report.outcome() == StepOutcome.FAILED
                                && report.attempt() <= run.progress().failures();
        return known ? List.of() : List.of(new MachineEvent.StepFinished(run.number(), report));
    }

    private static List<MachineEvent> complete(Run run, Live machine) {
        MachineEvent completed = new MachineEvent.RunCompleted(run.number(), run.kind());
        return switch (run.kind()) {
            case PROVISION, REPAIR, UPDATE -> List.of(completed, new MachineEvent.BecameReady());
            case CLEAN -> List.of(completed, new MachineEvent.Released(machine.host(), null));
        };
    }

    static Machine evolve(Live machine, MachineEvent event) {
        if (!(machine.phase() instanceof Phase.Working working)) {
            return machine;
        }
        Run run = working.run();
        Run next =
                switch (event) {
                    case MachineEvent.RunClaimed claimed -> run.claimed(claimed.fence());
                    case MachineEvent.StepsSent sent -> run.sent(sent.last());
                    case MachineEvent.StepFinished finished -> run.after(finished.report());
                    case MachineEvent.RunWaiting waiting ->
                            run.waiting(waiting.at(), waiting.until());
                    case MachineEvent.CancelRequested cancel -> run.cancelling(cancel.mode());
                    default -> run;
                };
        return machine.in(new Phase.Working(next));
    }
}
