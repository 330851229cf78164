package io.quartermaster.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quartermaster.operator.CustomResources.Resource;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes a status when it differs from the one that is there, and what people would look for. */
final class StatusWriter {
    /** Owns every field of every status, so that what it leaves out goes. */
    static final String FIELD_MANAGER = "quartermaster";

    private static final PatchContext APPLY =
            new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager(FIELD_MANAGER)
                    .withForce(true)
                    .build();

    private final KubernetesClient client;
    private final KubernetesSerialization serialization;
    private final Notices notices;

    /** By uid; what the informer has may be older than what was written. */
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    /**
     * @param version of the resource that came of it
     */
    private record Written(Map<String, Object> status, long version) {}

    StatusWriter(KubernetesClient client, Notices notices) {
        this.client = client;
        this.serialization = client.getKubernetesSerialization();
        this.notices = notices;
    }

    /** The status as it is: what this writer wrote, unless somebody has changed it since. */
    Map<?, ?> current(Resource resource) {
        var own = written.get(resource.uid());
        return own == null || version(resource) > own.version() ? resource.status() : own.status();
    }

    /** Opaque to clients in general, but what the informer is compared with came the same way. */
    private static long version(Resource resource) {
        try {
            return Long.parseLong(resource.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Writes it if need be.
     *
     * @param fresh an empty resource of the same type
     */
    void write(Resource resource, Resource fresh, Map<String, Object> status) {
        Map<?, ?> before = current(resource);
        if (json(status).equals(json(before))) return;
        fresh.setMetadata(
                new ObjectMetaBuilder()
                        .withName(resource.name())
                        .withNamespace(resource.getMetadata().getNamespace())
                        // Not that of another one with its name.
                        .withUid(resource.uid())
                        .build());
        fresh.setAdditionalProperty("status", status);
        try {
            var now = client.resource(fresh).subresource("status").patch(APPLY);
            written.put(resource.uid(), new Written(status, version(now)));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) return;
            throw e;
        }
        notices.changed(resource, before, status);
    }

    /** Through text, so that a number is the same whether it was read or made here. */
    private JsonNode json(Map<?, ?> status) {
        return serialization.unmarshal(serialization.asJson(status), JsonNode.class);
    }

    /** The resource is gone. */
    void forget(Resource resource) {
        written.remove(resource.uid());
    }
}
