package io.quartermaster.operator;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.quartermaster.operator.CustomResources.Resource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Lets resources of one type be reconciled because something else has changed: a view's row, a
 * resource they refer to, their namespace.
 *
 * @param <P> the type
 */
final class Triggers<P extends Resource> extends AbstractEventSource<String, P>
        implements ResourceEventAware<P> {
    /** Several where namespaces have the same name for what only one of them has. */
    private final Map<String, Set<ResourceID>> byName = new ConcurrentHashMap<>();

    private final Set<ResourceID> waiting = ConcurrentHashMap.newKeySet();
    private final Consumer<? super P> gone;

    /**
     * @param gone gets each resource that does not exist any more, however it went
     */
    Triggers(String name, Consumer<? super P> gone) {
        super(String.class, name);
        this.gone = gone;
    }

    /** From now on it can be found by its name, which is the thing's. */
    void know(Resource resource) {
        var id = ResourceID.fromResource(resource);
        byName.compute(
                resource.name(),
                (name, ids) -> {
                    Set<ResourceID> all = ids == null ? ConcurrentHashMap.newKeySet() : ids;
                    all.add(id);
                    return all;
                });
    }

    /** It is gone. */
    private void forget(Resource resource) {
        var id = ResourceID.fromResource(resource);
        byName.computeIfPresent(
                resource.name(),
                (name, ids) -> {
                    ids.remove(id);
                    return ids.isEmpty() ? null : ids;
                });
        waiting.remove(id);
    }

    @Override
    public void onResourceDeleted(P resource) {
        forget(resource);
        gone.accept(resource);
    }

    /** Whether it waits for something that may appear. */
    void waits(Resource resource, boolean waits) {
        var id = ResourceID.fromResource(resource);
        if (waits) waiting.add(id);
        else waiting.remove(id);
    }

    /** The thing of that name has changed. */
    void changed(String name) {
        byName.getOrDefault(name, Set.of()).forEach(this::trigger);
    }

    /** Something appeared that others may wait for. */
    void wakeWaiting() {
        Set.copyOf(waiting).forEach(this::trigger);
    }

    /** Everything in a namespace has to be looked at. */
    void changedNamespace(String namespace) {
        byName.values().stream()
                .flatMap(Set::stream)
                .filter(id -> id.getNamespace().filter(namespace::equals).isPresent())
                .forEach(this::trigger);
    }

    private void trigger(ResourceID id) {
        if (isRunning()) getEventHandler().handleEvent(new Event(id));
    }

    @Override
    public Set<String> getSecondaryResources(P primary) {
        return Set.of();
    }
}
