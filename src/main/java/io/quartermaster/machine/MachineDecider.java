package io.quartermaster.machine;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.machine.Machine.Live;
import io.quartermaster.machine.Machine.Phase;
import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.step.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a machine: one run at a time, each report only from the newest claim. */
public final class MachineDecider implements Decider<MachineCommand, Machine, MachineEvent> {

    /** The type of a machine's stream; its key is the machine's id. */
    public static final String STREAM = "machine";

    /** Failed runs in a row after which a person has to act. */
    static final int AUTOMATIC_RUNS = 6;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    @Override
    public String streamType() {
        return STREAM;
    }

    @Override
    public Class<MachineCommand> commands() {
        return MachineCommand.class;
    }

    @Override
    public Class<MachineEvent> events() {
        return MachineEvent.class;
    }

    @Override
    public Machine initial() {
        return new Machine.None();
    }

    @Override
    public List<MachineEvent> decide(MachineCommand command, Machine state) {
        return switch (state) {
            case Machine.None none -> unknown(command);
            case Live machine -> decideLive(command, machine);
            case Machine.Released released -> gone(command);
        };
    }

    private static List<MachineEvent> unknown(MachineCommand command) {
        if (command instanceof MachineCommand.Request request) {
            return List.of(new MachineEvent.Requested(request.spec()));
        }
        throw new Rejected(
                "machine-unknown",
                "there is no such machine; list those that are with GET /machines");
    }

    private static List<MachineEvent> gone(MachineCommand command) {
        return switch (command) {
            case MachineCommand.Allocate allocate ->
                    List.of(new MachineEvent.HostDeclined(allocate.host()));
            case MachineCommand.Release release -> List.of();
            case MachineCommand.ForceRelease force -> List.of();
            case MachineCommand.RetryRun retry -> List.of();
            default ->
                    throw new Rejected(
                            "machine-released",
                            "the machine is released; nothing more can be done to it");
        };
    }

    private static List<MachineEvent> decideLive(MachineCommand command, Live machine) {
        return switch (command) {
            case MachineCommand.Request request -> List.of();
            case MachineCommand.Allocate allocate -> allocate(allocate.host(), machine);
            case MachineCommand.Repair repair -> rerun(machine, RunKind.REPAIR);
            case MachineCommand.Update update -> update(update.spec(), machine);
            case MachineCommand.Retry retry -> retry(machine);
            case MachineCommand.RetryRun retry ->
                    machine.phase() instanceof Phase.Failed failed
                                    && failed.run() == retry.failedRun()
                            ? retry(machine)
                            : List.of();
            case MachineCommand.Cancel cancel -> cancel(cancel, machine);
            case MachineCommand.Release release -> release(release.reason(), machine);
            case MachineCommand.ForceRelease force -> forceRelease(force.reason(), machine);
            case MachineCommand.Report report -> RunReports.decide(report, machine);
        };
    }

    private static List<MachineEvent> allocate(String host, Live machine) {
        if (host.equals(machine.host())) {
            return List.of();
        }
        if (!(machine.phase() instanceof Phase.Requested)) {
            return List.of(new MachineEvent.HostDeclined(host));
        }
        return List.of(new MachineEvent.Allocated(host), nextRun(machine, RunKind.PROVISION));
    }

    private static MachineEvent nextRun(Live machine, RunKind kind) {
        return new MachineEvent.RunRequested(machine.runs() + 1, kind);
    }

    private static List<MachineEvent> rerun(Live machine, RunKind kind) {
        return switch (machine.phase()) {
            case Phase.Ready ready -> List.of(nextRun(machine, kind));
            case Phase.Working working when working.run().kind() == kind -> List.of();
            case Phase.Failed failed ->
                    throw new Rejected(
                            "machine-failed",
                            "the machine is failed: "
                                    + failed.failure().reason()
                                    + "; retry or release it");
            case Phase.Requested ignored -> throw notReady(machine);
            case Phase.Working ignored -> throw notReady(machine);
        };
    }

    private static Rejected notReady(Live machine) {
        return new Rejected(
                "machine-not-ready",
                "the machine is "
                        + machine.phase().word()
                        + ", not ready; wait, or"
                        + " cancel its run");
    }

    private static List<MachineEvent> update(MachineSpec spec, Live machine) {
        MachineEvent changed = new MachineEvent.SpecChanged(spec);
        return switch (machine.phase()) {
            case Phase.Requested requested -> List.of(changed);
            case Phase.Ready ready -> List.of(changed, nextRun(machine, RunKind.UPDATE));
            case Phase.Failed failed when failed.kind() != RunKind.CLEAN ->
                    List.of(changed, nextRun(machine, updated(failed.kind())));
            case Phase.Working working when working.run().kind() != RunKind.CLEAN ->
                    List.of(changed, nextRun(machine, updated(working.run().kind())));
            case Phase.Failed ignored -> throw notReady(machine);
            case Phase.Working ignored -> throw notReady(machine);
        };
    }

    private static RunKind updated(RunKind kind) {
        return kind == RunKind.PROVISION ? RunKind.PROVISION : RunKind.UPDATE;
    }

    private static List<MachineEvent> retry(Live machine) {
        if (machine.phase() instanceof Phase.Failed failed) {
            return List.of(nextRun(machine, failed.kind()));
        }
        throw new Rejected(
                "machine-not-failed",
                "the machine is "
                        + machine.phase().word()
                        + ", not failed; there is"
                        + " nothing to retry");
    }

    private static List<MachineEvent> cancel(MachineCommand.Cancel cancel, Live machine) {
        if (!(machine.phase() instanceof Phase.Working working)
                || working.run().kind() == RunKind.CLEAN) {
            throw new Rejected(
                    "nothing-to-cancel",
                    "the machine is "
                            + machine.phase().word()
                            + "; only a run that"
                            + " provisions, repairs or updates can be cancelled");
        }
        Run run = working.run();
        if (run.fence() == 0) {
            Failure cancelled =
                    new Failure(
                            "cancelled",
                            "the run was cancelled before it began: " + cancel.reason(),
                            "retry or release the machine",
                            Failure.Retry.POINTLESS);
            return List.of(new MachineEvent.Failed(run.number(), run.kind(), cancelled, null));
        }
        boolean stronger =
                run.cancel() == null
                        || cancel.mode() == CancelMode.NOW && run.cancel() != CancelMode.NOW;
        return stronger
                ? List.of(
                        new MachineEvent.CancelRequested(
                                run.number(), cancel.mode(), cancel.reason()))
                : List.of();
    }

    private static List<MachineEvent> release(String reason, Live machine) {
        MachineEvent started = new MachineEvent.ReleaseStarted(reason);
        return switch (machine.phase()) {
            case Phase.Requested requested ->
                    List.of(started, new MachineEvent.Released(null, null));
            case Phase.Working working when working.run().kind() == RunKind.CLEAN -> List.of();
            case Phase.Failed failed when failed.kind() == RunKind.CLEAN ->
                    List.of(nextRun(machine, RunKind.CLEAN));
            case Phase.Working ignored -> List.of(started, nextRun(machine, RunKind.CLEAN));
            case Phase.Ready ignored -> List.of(started, nextRun(machine, RunKind.CLEAN));
            case Phase.Failed ignored -> List.of(started, nextRun(machine, RunKind.CLEAN));
        };
    }

    private static List<MachineEvent> forceRelease(String reason, Live machine) {
        boolean releasing =
                switch (machine.phase()) {
                    case Phase.Working working -> working.run().kind() == RunKind.CLEAN;
                    case Phase.Failed failed -> failed.kind() == RunKind.CLEAN;
                    case Phase.Requested requested -> false;
                    case Phase.Ready ready -> false;
                };
        if (!releasing) {
            throw new Rejected(
                    "release-not-started",
                    "the machine is "
                            + machine.phase().word()
                            + "; release it first,"
                            + " and force only a release that does not end");
        }
        return List.of(new MachineEvent.Released(machine.host(), reason));
    }

    /**
     * When a failed run is tried again by itself: spread by the instant, so that what fails
     * together returns apart.
     */
    static @Nullable Instant retryAt(Failure failure, int failuresBefore, Instant at) {
        if (failure.retry() == Failure.Retry.POINTLESS || failuresBefore + 1 >= AUTOMATIC_RUNS) {
            return null;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failuresBefore, 10));
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        // A prime, so that instants of whole milliseconds are spread as well.
        long spread = Math.floorMod(at.getNano(), 251);
        return at.plus(bounded.plus(bounded.multipliedBy(spread).dividedBy(1000)));
    }

    @Override
    public Machine evolve(Machine state, MachineEvent event) {
        if (event instanceof MachineEvent.Requested requested) {
            return new Live(requested.spec(), null, new Phase.Requested(), 0, 0);
        }
        return state instanceof Live machine ? evolveLive(machine, event) : state;
    }

    private static Machine evolveLive(Live machine, MachineEvent event) {
        return switch (event) {
            case MachineEvent.Requested requested -> machine.as(requested.spec());
            case MachineEvent.Allocated allocated -> machine.on(allocated.host());
            case MachineEvent.HostDeclined declined -> machine;
            case MachineEvent.SpecChanged changed -> machine.as(changed.spec());
            case MachineEvent.RunRequested requested ->
                    machine.starting(requested.run(), requested.kind());
            case MachineEvent.RunCompleted completed -> machine.succeeding();
            case MachineEvent.BecameReady ready -> machine.in(new Phase.Ready());
            case MachineEvent.Failed failed ->
                    machine.failing(
                            new Phase.Failed(
                                    failed.run(),
                                    failed.kind(),
                                    failed.failure(),
                                    failed.retryAt()));
            case MachineEvent.ReleaseStarted started -> machine;
            case MachineEvent.Released released -> new Machine.Released();
            case MachineEvent.RunClaimed ignored -> RunReports.evolve(machine, event);
            case MachineEvent.StepsSent ignored -> RunReports.evolve(machine, event);
            case MachineEvent.StepFinished ignored -> RunReports.evolve(machine, event);
            case MachineEvent.RunWaiting ignored -> RunReports.evolve(machine, event);
            case MachineEvent.CancelRequested ignored -> RunReports.evolve(machine, event);
        };
    }
}
