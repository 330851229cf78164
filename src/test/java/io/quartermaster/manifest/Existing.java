package io.quartermaster.manifest;

import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.deployment.PlanSpec.Parameter;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.step.Target.Become;
import io.quartermaster.step.Target.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the texts of the corpus may refer to, as its index says. */
final class Existing implements References {
    private static final Map<String, HostSpec> HOSTS =
            Map.of("jump-1", behind(null), "inner", behind("outer"));
    private static final PlanSpec PLAN =
            new PlanSpec(
                    Map.of(
                            "greeting", new Parameter("hello", null),
                            "token", new Parameter(null, null)),
                    List.of(),
                    Map.of());

    @Override
    public Optional<HostSpec> host(String name) {
        return Optional.ofNullable(HOSTS.get(name));
    }

    @Override
    public Optional<MachineClass.Spec> machineClass(String name) {
        return Optional.of(new MachineClass.Spec("inventory", Map.of(), 0, Map.of()))
                .filter(any -> name.equals("small"));
    }

    @Override
    public Optional<PlanSpec> plan(String name) {
        return Optional.of(PLAN).filter(any -> name.equals("existing"));
    }

    private static HostSpec behind(@Nullable String bastion) {
        return new HostSpec(
                "jump.example",
                22,
                "root",
                Become.NOBODY,
                new Credentials.Agent(),
                List.of(),
                bastion,
                Map.of(),
                Map.of());
    }
}
