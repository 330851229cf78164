package io.quartermaster.rest;

import io.quartermaster.manifest.Manifests;
import io.quartermaster.view.deployment.ClassRow;
import io.quartermaster.view.deployment.DeploymentRow;
import io.quartermaster.view.deployment.DeploymentStatus;
import io.quartermaster.view.deployment.PlanRow;
import io.quartermaster.view.host.HostRow;
import io.quartermaster.view.host.HostStatus;
import io.quartermaster.view.machine.MachineRow;
import io.quartermaster.view.machine.MachineStatus;
import io.quartermaster.view.tenant.TenantRow;
import io.quartermaster.view.volume.VolumeRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of views as manifests: what was applied, with what the daemon adds to it. */
final class Documents {
    private static final String API_VERSION = "quartermaster.io/v1alpha1";

    private Documents() {}

    static Map<String, Object> of(HostRow row) {
        var document = Manifests.write(row.name(), row.tenant(), row.spec());
        return with(document, row.version(), 0, row.createdAt(), HostStatus.of(row));
    }

    static Map<String, Object> of(ClassRow row) {
        var document = Manifests.write(row.name(), row.tenant(), row.spec());
        var status = new ClassStatus(row.users());
        return with(document, row.version(), 0, row.createdAt(), status);
    }

    static Map<String, Object> of(PlanRow row) {
        var document = Manifests.write(row.name(), row.tenant(), row.spec());
        var status = new PlanStatus(row.revision(), row.newest(), row.revisedAt(), row.users());
        return with(document, row.version(), row.revision(), row.createdAt(), status);
    }

    static Map<String, Object> of(DeploymentRow row) {
        var document = Manifests.write(row.name(), row.spec());
        var status = DeploymentStatus.of(row);
        return with(document, row.version(), row.generation(), row.createdAt(), status);
    }

    static Map<String, Object> of(VolumeRow row) {
        var document = Manifests.write(row.name(), row.tenant(), row.spec(), row.sighting());
        var status = new VolumeStatus(row.phase(), row.machine());
        return with(document, row.version(), 0, row.createdAt(), status);
    }

    static Map<String, Object> of(TenantRow row) {
        var document = Manifests.write(row.name(), row.spec(), row.terms());
        var status =
                new TenantStatus(
                        row.standing(),
                        row.restrictions().stream().map(Restriction::of).toList(),
                        row.machines(),
                        row.storageBytes(),
                        row.closedAt());
        return with(document, row.version(), 0, row.createdAt(), status);
    }

    static Map<String, Object> of(MachineRow row) {
        var document = new LinkedHashMap<String, Object>();
        var spec = row.spec();
        document.put("apiVersion", API_VERSION);
        document.put("kind", ResourceKind.MACHINE.document());
        document.put(
                "metadata",
                Map.of("name", row.id(), "tenant", spec.tenant(), "labels", spec.labels()));
        document.put(
                "spec",
                new MachineBody(
                        spec.deployment(),
                        spec.machineClass(),
                        spec.plan(),
                        spec.revision(),
                        spec.parameters()));
        return with(document, row.version(), 0, row.createdAt(), MachineStatus.of(row));
    }

    /** What a machine shall be; there are no manifests of machines, so it has no form there. */
    record MachineBody(
            String deployment,
            String machineClass,
            String plan,
            int planRevision,
            Map<String, String> parameters) {}

    /** Where a volume stands, and the machine that it is attached to. */
    record VolumeStatus(String phase, @Nullable String machine) {}

    /** How a tenant stands, why, and what its things take. */
    record TenantStatus(
            String standing,
            List<Restriction> causes,
            long machines,
            long storageBytes,
            @Nullable Instant closedAt) {}

    /** What a cause does not allow, by the words of calls. */
    record Restriction(String cause, String level, String reason, Instant since) {

        static Restriction of(TenantRow.Restriction row) {
            return new Restriction(word(row.cause()), word(row.level()), row.reason(), row.since());
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The deployments that use a class. */
    record ClassStatus(List<String> users) {}

    /** Which revision this is, which is the newest, and which deployments use the plan. */
    record PlanStatus(int revision, int newestRevision, Instant revisedAt, List<String> users) {}

    /**
     * @param generation counts changes of what is wanted, 0 where nobody counts them
     */
    private static Map<String, Object> with(
            Map<String, Object> document,
            long version,
            long generation,
            Instant createdAt,
            Object status) {
        var whole = new LinkedHashMap<>(document);
        var metadata = new LinkedHashMap<String, Object>();
        if (document.get("metadata") instanceof Map<?, ?> written) {
            written.forEach((key, value) -> metadata.put((String) key, value));
        }
        metadata.put("resourceVersion", Long.toString(version));
        if (generation > 0) metadata.put("generation", generation);
        metadata.put("creationTimestamp", createdAt);
        whole.put("metadata", metadata);
        whole.put("status", status);
        return whole;
    }
}
