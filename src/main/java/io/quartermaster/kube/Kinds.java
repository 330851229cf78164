package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.step.KubernetesAction.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds that a cluster knows, as far as they were asked for. */
final class Kinds {
    private static final Pattern API_VERSION =
            Pattern.compile("([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?v[a-z0-9]+");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[^\\s\\p{C}/%]{1,253}");
    private static final String DEFAULT = "default";

    private final Api api;
    private final Map<String, Resource> known = new HashMap<>();

    /**
     * What a kind is in the API.
     *
     * @param plural its name in paths
     */
    record Resource(String apiVersion, String kind, String plural, boolean isNamespaced) {}

    static final Resource NODE = new Resource("v1", "Node", "nodes", false);
    static final Resource POD = new Resource("v1", "Pod", "pods", true);
    static final Resource JOB = new Resource("batch/v1", "Job", "jobs", true);

    Kinds(Api api) {
        this.api = api;
    }

    /**
     * The object at its place; empty when the cluster does not know its kind.
     *
     * @throws ClusterException when its name or namespace is none
     */
    Optional<Located> locate(Subject object) throws ClusterException, InterruptedException {
        Optional<Resource> found = find(object.apiVersion(), object.kind());
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(located(found.get(), object.namespace(), object.name()));
    }

    /**
     * The same where the cluster has to know the kind.
     *
     * @throws ClusterException also when it does not
     */
    Located require(Subject object) throws ClusterException, InterruptedException {
        return locate(object)
                .orElseThrow(
                        () ->
                                ClusterException.impossible(
                                        Failures.unknownKind(object.kind(), object.apiVersion())));
    }

    static Located located(Resource resource, @Nullable String namespace, String name)
            throws ClusterException {
        String within = namespace == null ? DEFAULT : namespace;
        if (!NAME.matcher(name).matches()) {
            throw misnamed(resource.kind() + " '" + name + "' has no name that an object can have");
        }
        if (resource.isNamespaced() && !NAMESPACE.matcher(within).matches()) {
            throw misnamed("'" + within + "' cannot be a namespace's name");
        }
        return new Located(resource, resource.isNamespaced() ? within : "", name);
    }

    private static ClusterException misnamed(String what) {
        return ClusterException.impossible(
                Failures.invalid(
                        "name-invalid", what, "correct the step, or what its template is given"));
    }

    private Optional<Resource> find(String apiVersion, String kind)
            throws ClusterException, InterruptedException {
        Resource before = known.get(apiVersion + " " + kind);
        if (before != null) {
            return Optional.of(before);
        }
        if (!API_VERSION.matcher(apiVersion).matches()) {
            throw misnamed("'" + apiVersion + "' is no API version");
        }
        String path = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        Optional<JsonNode> list = api.read(path);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        for (JsonNode each : list.get().path("resources")) {
            String plural = each.path("name").asText();
            if (each.path("kind").asText().equals(kind) && !plural.contains("/")) {
                boolean namespaced = each.path("namespaced").asBoolean();
                Resource found = new Resource(apiVersion, kind, plural, namespaced);
                known.put(apiVersion + " " + kind, found);
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
