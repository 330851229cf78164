package io.quartermaster.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quartermaster.operator.CustomResources.Machine;
import io.quartermaster.operator.CustomResources.Resource;
import io.quartermaster.view.machine.MachineRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the Machine objects of a deployment that a custom resource manages, one for each of its
 * machines, so that people can watch and delete them.
 */
final class MachineObjects {
    private static final PatchContext APPLY =
            new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    // Another than that of finalizers: an apply takes back what it leaves out.
                    .withFieldManager(StatusWriter.FIELD_MANAGER + "-machines")
                    .withForce(true)
                    .build();

    private final KubernetesClient client;
    private final Views views;

    /** By id, what was last written of a machine. */
    private final Map<String, Object> written = new ConcurrentHashMap<>();

    MachineObjects(KubernetesClient client, Views views) {
        this.client = client;
        this.views = views;
    }

    /** Writes what is missing or different. */
    void represent(Resource deployment) {
        views.machinesOf(deployment.name()).forEach(row -> represent(row, deployment));
    }

    private void represent(MachineRow row, Resource deployment) {
        var spec = spec(row);
        var labels = labels(row);
        var shown = Map.of("spec", spec, "labels", labels);
        if (Objects.equals(written.get(row.id()), shown)) return;
        var machine = new Machine();
        var owner =
                new OwnerReferenceBuilder()
                        .withApiVersion(deployment.getApiVersion())
                        .withKind(deployment.getKind())
                        .withName(deployment.name())
                        .withUid(deployment.uid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build();
        machine.setMetadata(
                new ObjectMetaBuilder()
                        .withName(row.id())
                        .withNamespace(deployment.namespace())
                        .withLabels(labels)
                        .withFinalizers(CustomResources.FINALIZER)
                        .withOwnerReferences(owner)
                        .build());
        machine.setAdditionalProperty("spec", spec);
        client.resource(machine).patch(APPLY);
        written.put(row.id(), shown);
    }

    private static Map<String, String> labels(MachineRow row) {
        var labels = new LinkedHashMap<>(row.spec().labels());
        labels.put(CustomResources.DEPLOYMENT, row.spec().deployment());
        labels.put(CustomResources.TENANT, row.spec().tenant());
        return labels;
    }

    private static Map<String, Object> spec(MachineRow row) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("tenant", row.spec().tenant());
        spec.put("deployment", row.spec().deployment());
        spec.put("class", row.spec().machineClass());
        spec.put("plan", row.spec().plan());
        spec.put("planRevision", row.spec().revision());
        spec.put("parameters", row.spec().parameters());
        spec.put("providerID", "quartermaster://machine/" + row.id());
        return spec;
    }

    /** Its object is there already, perhaps since before this process began. */
    void found(Machine object) {
        var spec = object.spec();
        if (spec == null) return;
        written.putIfAbsent(object.name(), Map.of("spec", spec, "labels", object.labels()));
    }

    /** Its object is gone. */
    void forget(String id) {
        written.remove(id);
    }
}
