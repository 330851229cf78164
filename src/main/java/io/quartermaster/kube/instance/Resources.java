package io.quartermaster.kube.instance;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resources of one kind in one namespace, as they come over the wire. */
abstract class Resources {
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final String namespace;

    Resources(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Where the kind is. */
    abstract ResourceDefinitionContext context();

    /** What a class's template makes, with labels that can be added to. */
    abstract GenericKubernetesResource thing(String body);

    abstract State state(GenericKubernetesResource thing);

    KubernetesClient client() {
        return client;
    }

    /** The part of a body, as maps and lists, or empty when there is none. */
    @SuppressWarnings("unchecked") // JSON's objects have texts for keys
    static Map<String, Object> part(Map<String, Object> body, String name) {
        return (Map<String, Object>) body.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> parsed(String body) {
        return client.getKubernetesSerialization().unmarshal(body, Map.class);
    }

    GenericKubernetesResource thing(ObjectMeta metadata, Map<String, Object> spec) {
        var thing = new GenericKubernetesResource();
        var context = context();
        var group = context.getGroup();
        thing.setApiVersion(
                group == null ? context.getVersion() : group + "/" + context.getVersion());
        thing.setKind(context.getKind());
        var labels = Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
        metadata.setLabels(new HashMap<>(labels));
        thing.setMetadata(metadata);
        thing.setAdditionalProperty("spec", spec);
        return thing;
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            all(ResourceDefinitionContext context) {
        return client.genericKubernetesResources(context).inNamespace(namespace);
    }

    /** Refused when the server does not know a field, on servers that can say so. */
    GenericKubernetesResource create(GenericKubernetesResource thing) {
        return all(context()).resource(thing).fieldValidation(Validation.STRICT).create();
    }

    @Nullable GenericKubernetesResource get(String name) {
        return get(context(), name);
    }

    @Nullable GenericKubernetesResource get(ResourceDefinitionContext context, String name) {
        return all(context).withName(name).get();
    }

    /** Unless it has changed since it was got. */
    void delete(GenericKubernetesResource thing) {
        var metadata = thing.getMetadata();
        all(context())
                .withName(metadata.getName())
                .lockResourceVersion(metadata.getResourceVersion())
                .delete();
    }

    /** Those with the labels, and how each is. */
    Map<GenericKubernetesResource, State> list(String selector) {
        var found = new LinkedHashMap<GenericKubernetesResource, State>();
        list(context(), selector).values().forEach(thing -> found.put(thing, state(thing)));
        return found;
    }

    /** By name. */
    Map<String, GenericKubernetesResource> list(
            ResourceDefinitionContext context, @Nullable String selector) {
        var found = new LinkedHashMap<String, GenericKubernetesResource>();
        var options = new ListOptionsBuilder().withLimit(PAGE).withLabelSelector(selector);
        for (String next = null; ; ) {
            var page = all(context).list(options.withContinue(next).build());
            page.getItems().forEach(thing -> found.put(thing.getMetadata().getName(), thing));
            next = page.getMetadata().getContinue();
            if (next == null || next.isEmpty()) return found;
        }
    }
}
