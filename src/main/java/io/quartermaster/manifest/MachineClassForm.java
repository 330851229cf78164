package io.quartermaster.manifest;

import io.quartermaster.deployment.InstanceTemplate;
import io.quartermaster.deployment.MachineClass;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The spec of a MachineClass, both ways. */
final class MachineClassForm {
    static final String[] FIELDS = {"provider", "selector", "minimumPaidSeconds", "kubernetes"};

    private static final String INVENTORY = "inventory";
    private static final String KUBERNETES = "kubernetes";
    private static final Map<String, String> PROVIDERS =
            new TreeMap<>(Map.of(INVENTORY, INVENTORY, KUBERNETES, KUBERNETES));

    private MachineClassForm() {}

    static MachineClass.Spec read(Fields spec, Map<String, String> labels) {
        String provider =
                spec.require("provider").flatMap(value -> value.choice(PROVIDERS)).orElse("");
        if (provider.equals(KUBERNETES)) {
            spec.require(KUBERNETES);
            refuse(spec, "selector", INVENTORY);
        } else if (provider.equals(INVENTORY)) {
            refuse(spec, KUBERNETES, KUBERNETES);
        }
        return new MachineClass.Spec(
                provider,
                Header.labels(spec, "selector"),
                spec.number("minimumPaidSeconds", 0, Limits.MINIMUM_PAID, 0),
                labels,
                instances(spec));
    }

    private static @Nullable InstanceTemplate instances(Fields spec) {
        return spec.find(KUBERNETES).flatMap(InstanceForm::read).orElse(null);
    }

    private static void refuse(Fields spec, String field, String provider) {
        spec.find(field)
                .ifPresent(
                        value ->
                                value.report(
                                        Code.NOT_EXACTLY_ONE,
                                        field
                                                + " goes with provider "
                                                + provider
                                                + " only; leave it out"));
    }

    static Written write(MachineClass.Spec spec) {
        Written written =
                new Written()
                        .put("provider", spec.provider())
                        .entries("selector", spec.selector())
                        .put("minimumPaidSeconds", spec.minimumPaidSeconds());
        InstanceTemplate instances = spec.kubernetes();
        return instances == null ? written : written.put(KUBERNETES, InstanceForm.write(instances));
    }
}
