package io.quartermaster.operator;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.quartermaster.operator.CustomResources.Resource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets resources of one type be reconciled because something else has changed: a view's row, a
 * resource they refer to, their namespace.
 *
 * @param <P> the type
 */
final class Triggers<P extends Resource> extends AbstractEventSource<String, P> {
    private final Map<String, ResourceID> byName = new ConcurrentHashMap<>();
    private final Set<ResourceID> waiting = ConcurrentHashMap.newKeySet();

    Triggers(String name) {
        super(String.class, name);
    }

    /** From now on it can be found by its name, which is the thing's. */
    void know(Resource resource) {
        byName.put(resource.name(), ResourceID.fromResource(resource));
    }

    /** It is gone. */
    void forget(Resource resource) {
        var id = ResourceID.fromResource(resource);
        byName.remove(resource.name(), id);
        waiting.remove(id);
    }

    /** Whether it waits for something that may appear. */
    void waits(Resource resource, boolean waits) {
        var id = ResourceID.fromResource(resource);
        if (waits) waiting.add(id);
        else waiting.remove(id);
    }

    /** The thing of that name has changed. */
    void changed(String name) {
        var id = byName.get(name);
        if (id != null) trigger(id);
    }

    /** Something appeared that others may wait for. */
    void wakeWaiting() {
        Set.copyOf(waiting).forEach(this::trigger);
    }

    /** Everything in a namespace has to be looked at. */
    void changedNamespace(String namespace) {
        byName.values().stream()
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
