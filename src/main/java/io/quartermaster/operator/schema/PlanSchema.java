package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quartermaster.manifest.Limits;
import java.util.List;
import java.util.Map;

/** How a machine is brought to where it should be; its steps are in {@link StepSchema}. */
@Group("quartermaster.io")
@Version("v1alpha1")
@Kind("ProvisioningPlan")
@Plural("provisioningplans")
@ShortNames("qmp")
@Categories("quartermaster")
@JsonClassDescription("How a machine is brought to where it should be, step by step.")
@ValidationRule(value = Patterns.SHORT_NAME, message = Patterns.SHORT_NAME_EXPECTED)
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".status.revision", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Users", jsonPath = ".status.users", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class PlanSchema extends CustomResource<PlanSchema.Spec, PlanSchema.Status>
        implements Namespaced {

    /** What it does, in which order. */
    record Spec(
            @Size(max = Limits.PARAMETERS)
                    @JsonPropertyDescription("What its templates may use as {name}.")
                    Map<String, Parameter> parameters,
            @Required
                    @Size(min = 1, max = Limits.STEPS)
                    @JsonPropertyDescription("In order, each with a name of its own.")
                    List<StepSchema> steps) {}

    /** A parameter; without a default, every deployment has to give it. */
    record Parameter(
            @JsonProperty("default") @Size(max = Limits.VALUE) String standard,
            @Size(max = Limits.PARAMETER_DESCRIPTION) String description) {}

    /** Which revision it is, and who uses it. */
    record Status(
            @Min(0) Long observedGeneration,
            @Min(0) @JsonPropertyDescription("The revision that this spec is.") Integer revision,
            @Min(0) Integer newestRevision,
            @Size(max = 10_000) @JsonPropertyDescription("Names of deployments.")
                    List<String> users,
            @Size(max = 32) List<ConditionSchema> conditions) {}
}
