package io.quartermaster.runner;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.lease.Lease;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.HostDecider;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.Run;
import io.quartermaster.machine.StepReport;
import io.quartermaster.step.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run as the one who claimed it: everything said about it carries the claim's fence. */
final class Claim {

    private static final UUID SPACE =
            UUID.nameUUIDFromBytes("quartermaster/runner".getBytes(StandardCharsets.UTF_8));

    private final DueRun run;
    private final Lease lease;
    private final Dispatcher dispatcher;
    private final Aggregates aggregates;

    Claim(DueRun run, Lease lease, Dispatcher dispatcher, Aggregates aggregates) {
        this.run = run;
        this.lease = lease;
        this.dispatcher = dispatcher;
        this.aggregates = aggregates;
    }

    DueRun run() {
        return run;
    }

    Lease lease() {
        return lease;
    }

    long fence() {
        return lease.epoch();
    }

    /**
     * Takes the run over.
     *
     * @throws Refused when it is not due at that instant: what named it was behind
     */
    void take(Instant now) {
        try {
            say(
                    "claim",
                    List.of(),
                    new MachineCommand.ClaimRun(run.number(), fence(), lease.owner(), now));
        } catch (RunLost refused) {
            throw new Refused(String.valueOf(refused.getMessage()));
        }
    }

    /** The run was never this claim's. */
    static final class Refused extends RunLost {

        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    void sending(List<StepReport> before, int first, int last) {
        say(
                "send/" + first + "/" + last,
                before,
                new MachineCommand.SendSteps(run.number(), fence(), first, last));
    }

    /** Attempts that ended, recorded together. */
    void finished(List<StepReport> reports) {
        StepReport first = reports.getFirst();
        say(
                "finish/" + first.index() + "/" + first.attempt(),
                reports.subList(0, reports.size() - 1),
                new MachineCommand.FinishStep(run.number(), fence(), reports.getLast()));
    }

    void completed(List<StepReport> before) {
        say("complete", before, new MachineCommand.CompleteRun(run.number(), fence()));
    }

    /**
     * The run cannot go on.
     *
     * @param step the failed attempt that led to it: recorded together with it, so that whoever
     *     takes over never meets one without the other
     */
    void failed(@Nullable StepReport step, Failure failure, Instant at) {
        say("fail", listed(step), new MachineCommand.FailRun(run.number(), fence(), failure, at));
    }

    /** The run goes on after the pause; the failed attempt as in {@link #failed}. */
    void waits(@Nullable StepReport step, Failure why, Instant at, Duration pause) {
        Instant until = at.plus(pause);
        say(
                "wait/" + at,
                listed(step),
                new MachineCommand.WaitRun(run.number(), fence(), why, at, until));
    }

    /**
     * The machine and its run, as long as the run is this claim's.
     *
     * @throws RunLost when it no longer is
     */
    Held held() {
        Machine machine = aggregates.load(machineStream(), Machine.class).state();
        if (machine instanceof Machine.Live live
                && live.phase() instanceof Machine.Phase.Working(Run present)
                && present.number() == run.number()
                && present.fence() == fence()) {
            return new Held(live, present);
        }
        throw new RunLost(
                "run " + run.number() + " of machine " + run.machine() + " is not held any more");
    }

    /** The machine and its present run. */
    record Held(Machine.Live machine, Run run) {}

    /** Says something to a host about itself, which is not bound to the run. */
    void toHost(String host, HostCommand command) {
        StreamId stream = new StreamId(HostDecider.STREAM, host);
        UUID id = Ids.derive(SPACE, run.machine() + "/" + fence() + "/" + host + "/" + command);
        dispatcher.send(new Order(stream, "", command), Ask.by("system:runner", id));
    }

    private StreamId machineStream() {
        return new StreamId(MachineDecider.STREAM, run.machine());
    }

    private static List<StepReport> listed(@Nullable StepReport step) {
        return step == null ? List.of() : List.of(step);
    }

    /** All of it, or nothing. */
    private void say(String what, List<StepReport> before, MachineCommand.Report report) {
        UUID id =
                Ids.derive(SPACE, run.machine() + "/" + run.number() + "/" + fence() + "/" + what);
        List<Order> orders = new ArrayList<>();
        for (StepReport step : before) {
            orders.add(order(new MachineCommand.FinishStep(run.number(), fence(), step)));
        }
        orders.add(order(report));
        try {
            dispatcher.sendAll(orders, Ask.by("system:runner", id));
        } catch (Rejected refused) {
            throw new RunLost(refused.getMessage());
        }
    }

    private Order order(MachineCommand.Report report) {
        return new Order(machineStream(), run.tenant(), report);
    }
}
