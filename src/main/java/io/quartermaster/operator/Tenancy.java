package io.quartermaster.operator;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Reads once, for an account that may not watch them, which namespace is whose. */
    static Tenancy read(KubernetesClient client, Set<String> names) {
        Map<String, Namespace> found = new HashMap<>();
        for (var name : names) {
            var namespace = client.namespaces().withName(name).get();
            if (namespace != null) found.put(name, namespace);
        }
        return new Tenancy(found::get, () -> {});
    }

    /**
     * Watches the labels of namespaces.
     *
     * @param changed gets the name of a namespace whose tenant is another now
     */
    static Tenancy watch(KubernetesClient client, Consumer<String> changed) {
        var informer = client.namespaces().inform(new Labels(changed));
        return new Tenancy(informer.getStore()::getByKey, informer::close);
    }

    /** The tenant of all that is in the namespace, empty when each resource says it itself. */
    String of(String namespace) {
        if (namespace.isEmpty()) return "";
        return Optional.ofNullable(namespaces.apply(namespace)).map(Tenancy::label).orElse("");
    }

    private static String label(Namespace namespace) {
        var labels = namespace.getMetadata().getLabels();
        return (labels == null ? Map.<String, String>of() : labels)
                .getOrDefault(CustomResources.TENANT, "");
    }

    private record Labels(Consumer<String> changed) implements ResourceEventHandler<Namespace> {
        @Override
        public void onAdd(Namespace namespace) {
            // Before the first list is complete nothing is reconciled; later, nothing is in it yet.
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
