package io.quartermaster.machine;

import static io.quartermaster.machine.Samples.HOPELESS;
import static io.quartermaster.machine.Samples.NOON;
import static io.quartermaster.machine.Samples.spec;

import io.quartermaster.es.Scenario;
import io.quartermaster.machine.MachineCommand.ClaimRun;
import io.quartermaster.machine.MachineCommand.CompleteRun;
import io.quartermaster.machine.MachineCommand.FailRun;

/** Machines at the stations of their lives; the first run's fence is 7, the cleaning's 9. */
final class Given {

    private Given() {}

    static Scenario<MachineCommand, Machine, MachineEvent> none() {
        return Scenario.given(new MachineDecider());
    }

    static Scenario<MachineCommand, Machine, MachineEvent> requested() {
        return none().after(new MachineCommand.Request(spec()));
    }

    static Scenario<MachineCommand, Machine, MachineEvent> allocated() {
        return requested().after(new MachineCommand.Allocate("h1"));
    }

    static Scenario<MachineCommand, Machine, MachineEvent> provisioning() {
        return allocated().after(new ClaimRun(1, 7, "r1", NOON));
    }

    static Scenario<MachineCommand, Machine, MachineEvent> ready() {
        return provisioning().after(new CompleteRun(1, 7));
    }

    static Scenario<MachineCommand, Machine, MachineEvent> failed() {
        return provisioning().after(new FailRun(1, 7, HOPELESS, NOON));
    }

    static Scenario<MachineCommand, Machine, MachineEvent> releasing() {
        return ready().after(new MachineCommand.Release("done"));
    }

    static Scenario<MachineCommand, Machine, MachineEvent> cleaning() {
        return releasing().after(new ClaimRun(2, 9, "r1", NOON));
    }

    static Scenario<MachineCommand, Machine, MachineEvent> released() {
        return cleaning().after(new CompleteRun(2, 9));
    }

    static Machine.Live live(Scenario<MachineCommand, Machine, MachineEvent> scenario) {
        return (Machine.Live) scenario.state();
    }
}
