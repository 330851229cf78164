package io.quartermaster.deployment;

import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.util.List;
import java.util.Map;

/** Deployments, plans and classes that tests talk about. */
public final class Samples {

    private Samples() {}

    public static DeploymentSpec deployment(int replicas) {
        return deployment(replicas, "base", "small");
    }

    public static DeploymentSpec deployment(int replicas, String plan, String machineClass) {
        var template = new DeploymentSpec.Template(machineClass, plan, Map.of(), Map.of());
        return new DeploymentSpec("acme", replicas, template, Map.of());
    }

    public static PlanSpec plan(String apply) {
        var step = PlanStep.of("greet", new Step.Command(null, apply));
        return new PlanSpec(Map.of(), List.of(step), Map.of());
    }

    public static MachineClass.Spec machineClass(String pool) {
        return new MachineClass.Spec("inventory", Map.of("pool", pool), 0, Map.of());
    }
}
