package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
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
import java.util.List;

/** Storage that a tenant pays for. */
@Group("quartermaster.io")
@Version("v1alpha1")
@Kind("Volume")
@Plural("volumes")
@ShortNames("qmv")
@Categories("quartermaster")
@JsonClassDescription("Storage that a tenant pays for.")
@ValidationRule(value = Patterns.SHORT_NAME, message = Patterns.SHORT_NAME_EXPECTED)
@AdditionalPrinterColumn(name = "Size", jsonPath = ".spec.size", type = Type.STRING)
@AdditionalPrinterColumn(name = "Tier", jsonPath = ".spec.tier", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Machine", jsonPath = ".status.machine", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class VolumeSchema extends CustomResource<VolumeSchema.Spec, VolumeSchema.Status>
        implements Namespaced {

    /** How large, and of what kind. */
    record Spec(
            @Required
                    @Size(min = 1, max = Limits.SIZE)
                    @Pattern(Patterns.SIZE)
                    @JsonPropertyDescription("In bytes, at most 1Ei: 100Gi.")
                    String size,
            @Required
                    @Size(min = 1, max = Limits.NAME)
                    @Pattern(Patterns.NAME)
                    @JsonPropertyDescription("What kind of storage, as the price book names it.")
                    String tier,
            @JsonPropertyDescription("Whether somebody else makes and deletes it and says so.")
                    Boolean confirmed,
            Observed observed) {}

    /** When storage that lives elsewhere was so. */
    record Observed(
            @Required @Size(min = 1, max = Limits.INSTANT) @Pattern(Patterns.INSTANT) String at,
            @Min(0) @JsonPropertyDescription("The reporter's own count of changes.")
                    Long version) {}

    /** How it is. */
    record Status(
            @Min(0) Long observedGeneration,
            @JsonPropertyDescription("creating, present or deleting.") String phase,
            @JsonPropertyDescription("To which it is attached.") String machine,
            @Size(max = 32) List<ConditionSchema> conditions) {}
}
