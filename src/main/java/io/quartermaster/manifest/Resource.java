package io.quartermaster.manifest;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.tenant.TenantSpec;
import io.quartermaster.volume.VolumeCommand;
import java.util.Optional;

/**
 * A document whose kind and name are known.
 *
 * @param document to report at
 */
record Resource(Value document, Header header, Spec spec) {

    /** What was read below {@code spec}. */
    sealed interface Spec {
        record OfTenant(TenantSpec tenant, Terms terms) implements Spec {}

        record OfHost(HostSpec host) implements Spec {}

        record OfMachineClass(MachineClass.Spec machineClass) implements Spec {}

        record OfPlan(PlanSpec plan) implements Spec {}

        record OfDeployment(DeploymentSpec deployment) implements Spec {}

        record OfVolume(VolumeCommand command) implements Spec {}

        /** Something in the document was reported, so that its values mean nothing. */
        record Broken() implements Spec {}
    }

    /** Reads the document, empty when not even kind and name can be told. */
    static Optional<Resource> read(Value document) {
        int before = document.findings().count();
        return document.fields("apiVersion", "kind", "metadata", "spec", "status")
                .flatMap(fields -> read(fields, before));
    }

    private static Optional<Resource> read(Fields fields, int before) {
        Optional<Header> header = Header.read(fields);
        Optional<Value> value = fields.require("spec");
        Optional<Spec> spec = header.flatMap(known -> value.flatMap(each -> spec(each, known)));
        boolean sound = fields.self().findings().count() == before;
        return header.filter(each -> !each.name().isEmpty())
                .map(
                        each ->
                                new Resource(
                                        fields.self(),
                                        each,
                                        spec.filter(any -> sound).orElse(new Spec.Broken())));
    }

    private static Optional<Spec> spec(Value value, Header header) {
        return switch (header.kind()) {
            case TENANT -> value.fields(TenantForm.FIELDS).map(f -> TenantForm.read(f, header));
            case HOST ->
                    value.fields(HostForm.FIELDS)
                            .map(fields -> new Spec.OfHost(HostForm.read(fields, header.labels())));
            case MACHINE_CLASS ->
                    value.fields(MachineClassForm.FIELDS)
                            .map(
                                    fields ->
                                            new Spec.OfMachineClass(
                                                    MachineClassForm.read(
                                                            fields, header.labels())));
            case PROVISIONING_PLAN ->
                    value.fields(PlanForm.FIELDS)
                            .map(fields -> new Spec.OfPlan(PlanForm.read(fields, header.labels())));
            case MACHINE_DEPLOYMENT ->
                    value.fields(DeploymentForm.FIELDS)
                            .map(
                                    fields ->
                                            new Spec.OfDeployment(
                                                    DeploymentForm.read(fields, header)));
            case VOLUME ->
                    value.fields(VolumeForm.FIELDS)
                            .map(fields -> new Spec.OfVolume(VolumeForm.read(fields, header)));
        };
    }
}
