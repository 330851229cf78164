package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
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
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quartermaster.manifest.Limits;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/**
 * One machine. The daemon writes it, people watch and delete it; its names are those that an
 * InfraMachine of Cluster API has (contract v1beta2).
 */
@Group("quartermaster.io")
@Version("v1alpha1")
@Kind("Machine")
@Plural("machines")
@ShortNames("qmm")
@Categories("quartermaster")
@JsonClassDescription("One machine; the daemon writes it, people watch and delete it.")
@ValidationRule(value = Patterns.SHORT_NAME, message = Patterns.SHORT_NAME_EXPECTED)
@AdditionalPrinterColumn(name = "Deployment", jsonPath = ".spec.deployment", type = Type.STRING)
@AdditionalPrinterColumn(name = "Host", jsonPath = ".status.host", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
        name = "Addresses",
        jsonPath = ".status.addresses[*].address",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Provider-ID",
        jsonPath = ".spec.providerID",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Plan-Revision",
        jsonPath = ".spec.planRevision",
        type = Type.INTEGER,
        priority = 1)
public final class MachineSchema extends CustomResource<MachineSchema.Spec, MachineSchema.Status>
        implements Namespaced {

    /** What it shall be. */
    record Spec(
            @Required @Size(min = 1, max = Limits.NAME) String tenant,
            @Required @Size(min = 1, max = Limits.NAME) String deployment,
            @JsonProperty("class") @Required @Size(min = 1, max = Limits.NAME) String machineClass,
            @Required @Size(min = 1, max = Limits.NAME) String plan,
            @Required @Min(0) Integer planRevision,
            @Size(min = 1, max = 512)
                    @JsonPropertyDescription(
                            "What a Node's spec.providerID says of the same machine; absent before"
                                    + " it is allocated.")
                    String providerID,
            @Size(max = Limits.PARAMETERS) Map<String, @Size(max = Limits.VALUE) String> parameters,
            @Size(max = Limits.LABELS)
                    Map<
                                    String,
                                    @Size(max = Limits.LABEL_VALUE) @Pattern(Patterns.LABEL_VALUE)
                                    String>
                            labels) {}

    /** How it is. */
    record Status(
            @Min(0) Long observedGeneration,
            @JsonPropertyDescription("One word, for display only.") String phase,
            @JsonPropertyDescription("Where it is; absent before it is allocated.") String host,
            @Size(max = 64) List<AddressSchema> addresses,
            Initialization initialization,
            @Min(0) @JsonPropertyDescription("Number of the newest run.") Integer run,
            @Min(0) @JsonPropertyDescription("Failed runs in a row.") Integer failures,
            FailureSchema failure,
            @JsonPropertyDescription("When a failed run is tried again; absent when a person must.")
                    ZonedDateTime retryAt,
            @Size(max = 32) List<ConditionSchema> conditions) {}

    /** How far it came; what was true once stays true. */
    record Initialization(
            @JsonPropertyDescription("Whether its plan was applied once.") Boolean provisioned) {}
}
