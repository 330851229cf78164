package io.quartermaster.operator;

import io.quartermaster.step.Failure;
import io.quartermaster.view.Condition;
import io.quartermaster.view.Condition.Status;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of views as the status of custom resources; the fields are those of the schema. */
final class Statuses {
    private Statuses() {}

    static Seen of(TenantRow row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("phase", row.standing());
        fields.put("standing", row.standing());
        fields.put("machines", row.machines());
        fields.put("storageBytes", row.storageBytes());
        boolean active = row.standing().equals("active");
        return new Seen(fields, List.of(ready(active, row.standing(), row.updatedAt())));
    }

    static Seen of(ClassRow row) {
        return new Seen(
                Map.of("users", row.users()), List.of(ready(true, "defined", row.createdAt())));
    }

    static Seen of(PlanRow row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("revision", row.revision());
        fields.put("newestRevision", row.newest());
        fields.put("users", row.users());
        return new Seen(fields, List.of(ready(true, "saved", row.createdAt())));
    }

    static Seen of(VolumeRow row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("phase", row.phase());
        put(fields, "machine", row.machine());
        boolean present = row.phase().equals("present");
        return new Seen(fields, List.of(ready(present, row.phase(), row.updatedAt())));
    }

    static Seen of(HostRow row) {
        var status = HostStatus.of(row);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("phase", status.phase());
        fields.put("source", status.source());
        fields.put("hostKeys", status.hostKeys());
        put(fields, "machine", status.machine());
        put(fields, "facts", status.facts());
        put(fields, "unreachable", failure(status.unreachable()));
        fields.put("addresses", addresses(row.spec().address()));
        var conditions = new ArrayList<>(status.conditions());
        boolean usable = row.standing().equals("good") && row.facts() != null;
        conditions.add(ready(usable, row.state(), row.updatedAt()));
        return new Seen(fields, conditions);
    }

    static Seen of(DeploymentRow row) {
        var status = DeploymentStatus.of(row);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("phase", status.phase());
        fields.put("replicas", status.replicas());
        fields.put("readyReplicas", status.readyReplicas());
        fields.put("availableReplicas", status.availableReplicas());
        fields.put("upToDateReplicas", status.upToDateReplicas());
        fields.put("failedReplicas", status.failedReplicas());
        fields.put("leavingReplicas", status.leavingReplicas());
        fields.put("planRevision", status.planRevision());
        fields.put("selector", CustomResources.DEPLOYMENT + "=" + row.name());
        return new Seen(fields, status.conditions());
    }

    /**
     * @param address where it can be reached, absent while it has no host
     * @param outdated what it lacks of what is wanted, absent when nothing
     */
    static Seen of(MachineRow row, Optional<String> address, Optional<String> outdated) {
        var status = MachineStatus.of(row);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("phase", status.phase());
        put(fields, "host", status.host());
        fields.put("run", status.run());
        fields.put("failures", status.failures());
        address.ifPresent(known -> fields.put("addresses", addresses(known)));
        fields.put("initialization", Map.of("provisioned", row.readySince() != null));
        put(fields, "failure", failure(status.failure()));
        put(fields, "retryAt", status.retryAt());
        var conditions = new ArrayList<>(status.conditions());
        conditions.add(upToDate(outdated, row.updatedAt()));
        return new Seen(fields, conditions);
    }

    private static Condition upToDate(Optional<String> outdated, Instant since) {
        boolean holds = outdated.isEmpty();
        var reason = holds ? "UpToDate" : "NotUpToDate";
        return new Condition("UpToDate", Status.of(holds), reason, outdated.orElse(""), since, 0);
    }

    private static @Nullable Map<String, Object> failure(@Nullable Failure failure) {
        if (failure == null) return null;
        var fields = new LinkedHashMap<String, Object>();
        fields.put("code", failure.code());
        fields.put("reason", failure.reason());
        fields.put("remedy", failure.remedy());
        return fields;
    }

    /** As Cluster API has them. */
    private static List<Map<String, Object>> addresses(String address) {
        boolean number = address.contains(":") || address.matches("[0-9.]+");
        return List.of(Map.of("type", number ? "InternalIP" : "InternalDNS", "address", address));
    }

    private static Condition ready(boolean ready, String word, Instant since) {
        var reason = ready ? "Ready" : Condition.reason(word);
        return new Condition("Ready", Status.of(ready), reason, ready ? "" : word, since, 0);
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) fields.put(name, value);
    }
}
