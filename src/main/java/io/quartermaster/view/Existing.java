package io.quartermaster.view;

import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Plan;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.manifest.Kind;
import io.quartermaster.manifest.References;
import java.util.Optional;

/** What documents may refer to, asked of the aggregates themselves: read tables may lag behind. */
public final class Existing implements References {
    private final Aggregates aggregates;

    public Existing(Aggregates aggregates) {
        this.aggregates = aggregates;
    }

    @Override
    public Optional<HostSpec> host(String name) {
        var state = aggregates.load(Kind.HOST.stream(name), Host.class).state();
        return state instanceof Host.Live live ? Optional.of(live.spec()) : Optional.empty();
    }

    @Override
    public Optional<MachineClass.Spec> machineClass(String name) {
        var stream = Kind.MACHINE_CLASS.stream(name);
        var state = aggregates.load(stream, MachineClass.class).state();
        return state instanceof MachineClass.Live live
                ? Optional.of(live.spec())
                : Optional.empty();
    }

    @Override
    public Optional<PlanSpec> plan(String name) {
        var state = aggregates.load(Kind.PROVISIONING_PLAN.stream(name), Plan.class).state();
        return state instanceof Plan.Live live ? Optional.of(live.spec()) : Optional.empty();
    }
}
