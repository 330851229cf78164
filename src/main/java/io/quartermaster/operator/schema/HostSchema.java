package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
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

/** A computer that the daemon may use. */
@Group("quartermaster.io")
@Version("v1alpha1")
@Kind("Host")
@Plural("hosts")
@ShortNames("qmh")
@Categories("quartermaster")
@JsonClassDescription("A computer that the daemon may use.")
@AdditionalPrinterColumn(name = "Address", jsonPath = ".spec.address", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Machine", jsonPath = ".status.machine", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
        name = "Source",
        jsonPath = ".status.source",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "OS",
        jsonPath = ".status.facts.os",
        type = Type.STRING,
        priority = 1)
public final class HostSchema extends CustomResource<HostSchema.Spec, HostSchema.Status>
        implements Namespaced {

    /** How it is reached and what it is for. */
    record Spec(
            @Required
                    @Size(min = 1, max = Limits.HOST_NAME)
                    @JsonPropertyDescription("A DNS name or an IP address, without a port.")
                    String address,
            @Min(1) @Max(Limits.PORT) @JsonPropertyDescription("22 when absent.") Integer port,
            @Required
                    @Size(min = 1, max = Limits.USER)
                    @JsonPropertyDescription("The name to sign in with.")
                    String user,
            BecomeSchema become,
            @Required CredentialsSchema credentials,
            @Size(max = Limits.HOST_KEYS)
                    @JsonPropertyDescription(
                            "Public keys as OpenSSH writes them; without, the first contact pins.")
                    List<@Size(min = 1, max = Limits.HOST_KEY) String> hostKeys,
            @Size(min = 1, max = Limits.HOST_NAME)
                    @JsonPropertyDescription("Name of the host to go through.")
                    String bastion,
            @PreserveUnknownFields
                    @Size(max = Limits.VARIABLES)
                    @JsonPropertyDescription("What templates may use as host.vars.NAME.")
                    Map<String, Object> variables) {}

    /** How it is. */
    record Status(
            @Min(0) Long observedGeneration,
            @JsonPropertyDescription("One word, for display only.") String phase,
            @JsonPropertyDescription("The inventory or manifest that it comes from.") String source,
            @Size(max = 2 * Limits.HOST_KEYS) List<String> hostKeys,
            @JsonPropertyDescription("The machine on it.") String machine,
            @Size(max = 64) List<AddressSchema> addresses,
            Facts facts,
            @JsonPropertyDescription("Why the last look at it failed.") FailureSchema unreachable,
            @Size(max = 32) List<ConditionSchema> conditions) {}

    /** What it says of itself. */
    record Facts(
            String hostname,
            String os,
            String osVersion,
            String kernel,
            String arch,
            @Min(0) Integer cpus,
            @Min(0) Long memoryBytes,
            @Min(0) Long diskBytes,
            String bootId,
            @Size(max = 64) List<String> addresses,
            String packageManager,
            String initSystem) {}
}
