package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quartermaster.manifest.Limits;
import java.util.List;
import java.util.Map;

/** How many machines of what; it can be scaled as Kubernetes' own deployments can. */
@Group("quartermaster.io")
@Version("v1alpha1")
@Kind("MachineDeployment")
@Plural("machinedeployments")
@ShortNames("qmd")
@Categories("quartermaster")
@JsonClassDescription("How many machines of what.")
@ValidationRule(value = Patterns.SHORT_NAME, message = Patterns.SHORT_NAME_EXPECTED)
@AdditionalPrinterColumn(name = "Desired", jsonPath = ".spec.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Current", jsonPath = ".status.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.readyReplicas", type = Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Available",
        jsonPath = ".status.availableReplicas",
        type = Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Up-to-date",
        jsonPath = ".status.upToDateReplicas",
        type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
        name = "Class",
        jsonPath = ".spec.template.class",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Plan",
        jsonPath = ".spec.template.plan",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Plan-Revision",
        jsonPath = ".status.planRevision",
        type = Type.INTEGER,
        priority = 1)
public final class DeploymentSchema
        extends CustomResource<DeploymentSchema.Spec, DeploymentSchema.Status>
        implements Namespaced {

    /** How many, and of what. */
    record Spec(
            @Required @Min(0) @Max(Limits.REPLICAS) @SpecReplicas Integer replicas,
            @Required Template template) {}

    /** What each machine is made from. */
    record Template(
            @JsonProperty("class")
                    @Required
                    @Size(min = 1, max = Limits.NAME)
                    @Pattern(Patterns.NAME)
                    @JsonPropertyDescription("Name of a MachineClass.")
                    String machineClass,
            @Required
                    @Size(min = 1, max = Limits.NAME)
                    @Pattern(Patterns.NAME)
                    @JsonPropertyDescription(
                            "Name of a ProvisioningPlan; its newest revision is used.")
                    String plan,
            @Size(max = Limits.PARAMETERS)
                    @JsonPropertyDescription("Values for the plan's parameters.")
                    Map<String, @Size(max = Limits.VALUE) String> parameters,
            @Size(max = Limits.LABELS) @JsonPropertyDescription("Labels that each machine carries.")
                    Map<
                                    String,
                                    @Size(max = Limits.LABEL_VALUE) @Pattern(Patterns.LABEL_VALUE)
                                    String>
                            labels) {}

    /** How its machines are. */
    record Status(
            @Min(0) Long observedGeneration,
            @JsonPropertyDescription("One word, for display only.") String phase,
            @Min(0) @StatusReplicas @JsonPropertyDescription("Machines that stay.")
                    Integer replicas,
            @Min(0) Integer readyReplicas,
            @Min(0) Integer availableReplicas,
            @Min(0) Integer upToDateReplicas,
            @Min(0) Integer failedReplicas,
            @Min(0) @JsonPropertyDescription("Machines that are being released.")
                    Integer leavingReplicas,
            @Min(0) @JsonPropertyDescription("The plan's revision that new machines get.")
                    Integer planRevision,
            @LabelSelector @JsonPropertyDescription("What selects its Machine objects, as text.")
                    String selector,
            @Size(max = 32) List<ConditionSchema> conditions) {}
}
