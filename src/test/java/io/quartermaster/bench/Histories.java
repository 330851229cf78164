package io.quartermaster.bench;

import io.quartermaster.engine.Decided;
import io.quartermaster.engine.Decided.Change;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Expected;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.machine.RunKind;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Machines that become ready with a ten-step plan, a hundred at a time. */
final class Histories {
    private static final int TOGETHER = 100;
    private static final List<MachineEvent> ONE = one();

    private Histories() {}

    /** Fills the log up to about so many events. */
    static void fill(EventLog log, int events) {
        for (int count = 0; count < events; count += TOGETHER * ONE.size()) append(log);
    }

    private static void append(EventLog log) {
        var machines = new ArrayList<StreamId>();
        for (int i = 0; i < TOGETHER; i++) {
            machines.add(new StreamId("machine", UUID.randomUUID().toString()));
        }
        for (int version = 0; version < ONE.size(); version++) {
            var commands = new ArrayList<Decided>();
            for (var machine : machines) {
                var expected = new Expected.Exactly(version);
                var change = new Change(machine, "acme", expected, List.of(ONE.get(version)));
                commands.add(new Decided(Appends.metadata(), List.of(change), null));
            }
            log.append(commands);
        }
    }

    private static List<MachineEvent> one() {
        var labels = Map.of("role", "web");
        var spec = new MachineSpec("acme", "web", "small", "ten-steps", 1, Map.of(), labels);
        var events = new ArrayList<MachineEvent>();
        events.add(new MachineEvent.Requested(spec));
        events.add(new MachineEvent.Allocated("h001"));
        events.add(new MachineEvent.RunRequested(1, RunKind.PROVISION));
        events.add(new MachineEvent.RunClaimed(1, 1, "bench"));
        events.add(new MachineEvent.StepsSent(1, 0, 9));
        for (int step = 0; step < 10; step++) {
            var report =
                    new StepReport(step, "step " + step, 1, StepOutcome.CHANGED, 12 + step, null);
            events.add(new MachineEvent.StepFinished(1, report));
        }
        events.add(new MachineEvent.RunCompleted(1, RunKind.PROVISION));
        events.add(new MachineEvent.BecameReady());
        return List.copyOf(events);
    }
}
