package io.quartermaster.manifest;

import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.DeploymentSpec.Template;
import java.util.Map;

/** The spec of a MachineDeployment, both ways. */
final class DeploymentForm {
    static final String[] FIELDS = {"replicas", "template"};

    private DeploymentForm() {}

    static DeploymentSpec read(Fields spec, Header header) {
        return new DeploymentSpec(
                header.tenant(),
                spec.requiredInteger("replicas", 0, Limits.REPLICAS),
                spec.require("template")
                        .flatMap(value -> value.fields("class", "plan", "parameters", "labels"))
                        .map(DeploymentForm::template)
                        .orElse(new Template("", "", Map.of(), Map.of())),
                header.labels());
    }

    private static Template template(Fields fields) {
        return new Template(
                fields.text("class", Shape.NAME),
                fields.text("plan", Shape.NAME),
                fields.find("parameters").map(PlanForm::values).orElse(Map.of()),
                Header.labels(fields, "labels"));
    }

    static Written write(DeploymentSpec spec) {
        Template template = spec.template();
        return new Written()
                .put("replicas", spec.replicas())
                .put(
                        "template",
                        new Written()
                                .put("class", template.machineClass())
                                .put("plan", template.plan())
                                .entries("parameters", template.parameters())
                                .entries("labels", template.labels()));
    }
}
