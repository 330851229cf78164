package io.quartermaster.manifest;

import io.quartermaster.deployment.MachineClass;
import java.util.Map;

/** The spec of a MachineClass, both ways. */
final class MachineClassForm {
    static final String[] FIELDS = {"provider", "selector", "minimumPaidSeconds"};

    private MachineClassForm() {}

    static MachineClass.Spec read(Fields spec, Map<String, String> labels) {
        return new MachineClass.Spec(
                spec.require("provider")
                        .flatMap(value -> value.choice(Map.of("inventory", "inventory")))
                        .orElse(""),
                Header.labels(spec, "selector"),
                spec.number("minimumPaidSeconds", 0, Limits.MINIMUM_PAID, 0),
                labels);
    }

    static Written write(MachineClass.Spec spec) {
        return new Written()
                .put("provider", spec.provider())
                .entries("selector", spec.selector())
                .put("minimumPaidSeconds", spec.minimumPaidSeconds());
    }
}
