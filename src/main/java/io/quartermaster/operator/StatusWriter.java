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
    private final Map<String, Map<String, Object>> written = new ConcurrentHashMap<>();

    StatusWriter(KubernetesClient client, Notices notices) {
        this.client = client;
        this.serialization = client.getKubernetesSerialization();
        this.notices = notices;
    }

    /** The status as it is, as far as this writer or else its informer knows. */
    Map<?, ?> current(Resource resource) {
        Map<?, ?> own = written.get(resource.uid());
        return own == null ? resource.status() : own;
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
                        .build());
        fresh.setAdditionalProperty("status", status);
        try {
            client.resource(fresh).subresource("status").patch(APPLY);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) return;
            throw e;
        }
        written.put(resource.uid(), status);
        notices.changed(resource, before, status);
    }

    private JsonNode json(Map<?, ?> status) {
        return serialization.convertValue(status, JsonNode.class);
    }

    /** The resource is gone. */
    void forget(Resource resource) {
        written.remove(resource.uid());
    }
}
