package io.quartermaster.view;

import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.step.Facts;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Specifications as a test needs them. */
public final class Samples {
    private Samples() {}

    public static HostSpec host(Map<String, String> labels, @Nullable String bastion) {
        return new HostSpec(
                "192.0.2.1",
                22,
                "deploy",
                Become.NOBODY,
                new Credentials.Agent(),
                List.of(),
                bastion,
                labels,
                Map.of("rack", 7));
    }

    public static Facts facts(String name) {
        return new Facts(
                name,
                "debian",
                "13",
                "6.12",
                "x86_64",
                4,
                1 << 30,
                1 << 30,
                "boot-1",
                List.of("192.0.2.1"),
                "apt",
                "systemd");
    }

    public static DeploymentSpec deployment(
            String tenant, int replicas, String machineClass, String plan) {
        var template =
                new DeploymentSpec.Template(
                        machineClass, plan, Map.of("greeting", "hi"), Map.of("role", "web"));
        return new DeploymentSpec(tenant, replicas, template, Map.of("tier", "front"));
    }

    /** A plan whose steps have these names. */
    public static PlanSpec plan(String... steps) {
        var planned =
                Arrays.stream(steps)
                        .map(name -> PlanStep.of(name, new Step.Command(null, "true")))
                        .toList();
        return new PlanSpec(Map.of(), planned, Map.of());
    }
}
