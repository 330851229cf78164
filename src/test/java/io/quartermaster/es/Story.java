package io.quartermaster.es;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Feeds a saga with events as the log would, one after the other, and says what it wants done. */
public final class Story<S> {

    /** When everything happens. */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Saga<S> saga;
    private final Map<String, S> instances = new HashMap<>();
    private long position;

    public Story(Saga<S> saga) {
        this.saga = saga;
    }

    /** What the saga does about an event; nothing when the event does not concern it. */
    public List<Effect> on(StreamId stream, Object event) {
        Envelope<?> envelope = envelope(stream, event);
        boolean heard = saga.listensTo().stream().anyMatch(root -> root.isInstance(event));
        if (!heard) {
            return List.of();
        }
        return saga.correlate(envelope)
                .map(
                        key -> {
                            S before = instances.getOrDefault(key, saga.initial());
                            S after = saga.evolve(before, envelope);
                            instances.put(key, after);
                            return saga.react(after, envelope);
                        })
                .orElse(List.of());
    }

    /** What the saga does about several events of a stream, together. */
    public List<Effect> on(StreamId stream, List<?> events) {
        List<Effect> all = new ArrayList<>();
        for (Object event : events) {
            all.addAll(on(stream, event));
        }
        return all;
    }

    private Envelope<?> envelope(StreamId stream, Object event) {
        UUID id = new UUID(0, ++position);
        return new Envelope<>(
                position,
                stream,
                position,
                id,
                "",
                NOON,
                NOON,
                new Metadata("test", id, id, id, ""),
                event);
    }
}
