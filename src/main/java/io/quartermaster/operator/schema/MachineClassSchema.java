package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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

/** What kind of machine. */
@Group("quartermaster.io")
@Version("v1alpha1")
@Kind("MachineClass")
@Plural("machineclasses")
@ShortNames("qmc")
@Categories("quartermaster")
@JsonClassDescription("What kind of machine.")
@ValidationRule(value = Patterns.SHORT_NAME, message = Patterns.SHORT_NAME_EXPECTED)
@AdditionalPrinterColumn(name = "Provider", jsonPath = ".spec.provider", type = Type.STRING)
@AdditionalPrinterColumn(name = "Users", jsonPath = ".status.users", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public final class MachineClassSchema
        extends CustomResource<MachineClassSchema.Spec, MachineClassSchema.Status> {

    /** Who makes such machines, and from what. */
    @ValidationRule(
            value = "self.provider == 'inventory' || !has(self.selector)",
            message = "selector goes with provider inventory only")
    @ValidationRule(
            value = "has(self.kubernetes) == (self.provider == 'kubernetes')",
            message = "kubernetes goes with provider kubernetes, which needs it")
    record Spec(
            @Required Provider provider,
            @Size(max = Limits.LABELS)
                    @JsonPropertyDescription("Labels that a host must have, all of them.")
                    Map<
                                    String,
                                    @Size(max = Limits.LABEL_VALUE) @Pattern(Patterns.LABEL_VALUE)
                                    String>
                            selector,
            @Min(0)
                    @Max(Limits.MINIMUM_PAID)
                    @JsonPropertyDescription("The shortest time that is charged.")
                    Long minimumPaidSeconds,
            Kubernetes kubernetes) {}

    /** Who makes them. */
    enum Provider {
        inventory,
        kubernetes
    }

    /** Machines that are Pods, or virtual machines of KubeVirt. */
    @ValidationRule(
            value = "has(self.pod) != has(self.virtualMachine)",
            message = "expected exactly one of pod, virtualMachine")
    record Kubernetes(
            @Size(min = 1, max = Limits.NAME)
                    @Pattern(Patterns.NAME)
                    @JsonPropertyDescription("Where they are made; default when absent.")
                    String namespace,
            @Size(min = 1, max = Limits.SECRET_NAME)
                    @Pattern(Patterns.SECRET_NAME)
                    @JsonPropertyDescription(
                            "Name of the daemon's secret that holds the kubeconfig of another"
                                    + " cluster.")
                    String kubeconfigSecret,
            @PreserveUnknownFields
                    @JsonPropertyDescription("A PodTemplateSpec: labels, annotations and spec.")
                    Map<String, Object> pod,
            @PreserveUnknownFields
                    @JsonPropertyDescription("The spec of a VirtualMachine of kubevirt.io/v1.")
                    Map<String, Object> virtualMachine,
            Ssh ssh) {}

    /** How steps over SSH sign in to them. */
    record Ssh(
            @Required
                    @Size(min = 1, max = Limits.USER)
                    @JsonPropertyDescription("The name to sign in with.")
                    String user,
            @Min(1) @Max(Limits.PORT) @JsonPropertyDescription("22 when absent.") Integer port,
            @Required CredentialsSchema credentials,
            BecomeSchema become) {}

    /** Who uses it. */
    record Status(
            @Min(0) Long observedGeneration,
            @Size(max = 10_000) @JsonPropertyDescription("Names of deployments.")
                    List<String> users,
            @Size(max = 32) List<ConditionSchema> conditions) {}
}
