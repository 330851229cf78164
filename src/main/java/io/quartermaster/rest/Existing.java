package io.quartermaster.rest;

import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Plan;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.manifest.References;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What exists, asked of the aggregates themselves: views may lag behind. */
@Singleton
final class Existing implements References {
    private final Aggregates aggregates;

    @Inject
    Existing(Aggregates aggregates) {
        this.aggregates = aggregates;
    }

    @Override
    public Optional<HostSpec> host(String name) {
        var state = aggregates.load(ResourceKind.HOST.stream(name), Host.class).state();
        return state instanceof Host.Live live ? Optional.of(live.spec()) : Optional.empty();
    }

    @Override
    public Optional<MachineClass.Spec> machineClass(String name) {
        var stream = ResourceKind.MACHINE_CLASS.stream(name);
        var state = aggregates.load(stream, MachineClass.class).state();
        return state instanceof MachineClass.Live live
                ? Optional.of(live.spec())
                : Optional.empty();
    }

    @Override
    public Optional<PlanSpec> plan(String name) {
        var state = aggregates.load(ResourceKind.PLAN.stream(name), Plan.class).state();
        return state instanceof Plan.Live live ? Optional.of(live.spec()) : Optional.empty();
    }
}
