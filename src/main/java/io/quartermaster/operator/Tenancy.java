package io.quartermaster.operator;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose the things in a namespace are: the administrator of the cluster says it by a label of the
 * namespace, and nobody in it can say otherwise. Without that label each resource says it itself.
 */
final class Tenancy implements AutoCloseable {
    private final Function<String, @Nullable Namespace> namespaces;
    private final Runnable end;

    private Tenancy(Function<String, @Nullable Namespace> namespaces, Runnable end) {
        this.namespaces = namespaces;
        this.end = end;
    }

    /**
     * Reads each once, for an account that may not watch them: what changes later counts from the
     * next term on.
     */
    static Tenancy read(KubernetesClient client) {
        Map<String, Namespace> found = new ConcurrentHashMap<>();
        return new Tenancy(
                name ->
                        found.computeIfAbsent(
                                name, missing -> client.namespaces().withName(missing).get()),
                () -> {});
    }

    /**
     * Watches the labels of namespaces.
     *
     * @param changed gets the name of a namespace that is new or whose tenant is another now
     * @param broken told when they cannot be watched any more
     */
    static Tenancy watch(KubernetesClient client, Consumer<String> changed, Runnable broken) {
        var informer = client.namespaces().inform(new Labels(changed));
        informer.stopped().whenComplete((any, cause) -> broken.run());
        return new Tenancy(informer.getStore()::getByKey, informer::close);
    }

    /**
     * The tenant of all that is in the namespace, blank when each resource says it itself; absent
     * while the namespace is not known, and nobody must decide for it.
     */
    Optional<String> of(String namespace) {
        if (namespace.isEmpty()) return Optional.of("");
        return Optional.ofNullable(namespaces.apply(namespace)).map(Tenancy::label);
    }

    private static String label(Namespace namespace) {
        var labels = namespace.getMetadata().getLabels();
        return (labels == null ? Map.<String, String>of() : labels)
                .getOrDefault(CustomResources.TENANT, "");
    }

    private record Labels(Consumer<String> changed) implements ResourceEventHandler<Namespace> {
        @Override
        public void onAdd(Namespace namespace) {
            // What is in it may have come before it.
            changed.accept(namespace.getMetadata().getName());
        }

        @Override
        public void onUpdate(Namespace before, Namespace namespace) {
            if (!label(before).equals(label(namespace))) {
                changed.accept(namespace.getMetadata().getName());
            }
        }

        @Override
        public void onDelete(Namespace namespace, boolean finalStateUnknown) {
            // What was in it goes with it.
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
