package io.quartermaster.engine;

import io.quartermaster.engine.wire.Shapes;
import io.quartermaster.es.Decider;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The deciders by the type of stream they rule. */
public final class Rules {
    private final Map<String, Decider<?, ?, ?>> byType = new HashMap<>();
    private final Map<String, String> shapes = new ConcurrentHashMap<>();

    /** Refuses two deciders for one type of stream. */
    public Rules(List<? extends Decider<?, ?, ?>> deciders) {
        for (var decider : deciders) {
            if (byType.put(decider.streamType(), decider) != null) {
                throw new IllegalStateException(
                        "two deciders rule streams of type '" + decider.streamType() + "'");
            }
        }
    }

    Decider<?, ?, ?> of(StreamId stream) {
        var decider = byType.get(stream.type());
        if (decider == null) {
            throw new IllegalArgumentException(
                    "no decider rules " + stream + "; known types are " + byType.keySet());
        }
        return decider;
    }

    /** The type that all states of such a stream share. */
    Class<?> stateType(StreamId stream) {
        return Shapes.family(initial(stream).getClass());
    }

    /** What makes snapshots of such a stream void when it changes. */
    String stateShape(StreamId stream) {
        var decider = of(stream);
        return shapes.computeIfAbsent(
                decider.streamType(),
                type -> decider.stateVersion() + "-" + Shapes.fingerprint(stateType(stream)));
    }

    Object initial(StreamId stream) {
        return of(stream).initial();
    }

    Object evolve(StreamId stream, Object state, List<? extends Envelope<?>> events) {
        var folded = state;
        for (var event : events) folded = evolve(of(stream), folded, event.event());
        return folded;
    }

    Object evolveAll(StreamId stream, Object state, List<?> events) {
        var folded = state;
        for (var event : events) folded = evolve(of(stream), folded, event);
        return folded;
    }

    @SuppressWarnings("unchecked") // the state came from this decider
    private static <C, S, E> Object evolve(Decider<C, S, E> decider, Object state, Object event) {
        return decider.evolve((S) state, decider.events().cast(event));
    }

    List<?> decide(StreamId stream, Object command, Object state) {
        return decide(of(stream), command, state);
    }

    @SuppressWarnings("unchecked") // the state came from this decider
    private static <C, S, E> List<E> decide(
            Decider<C, S, E> decider, Object command, Object state) {
        return decider.decide(decider.commands().cast(command), (S) state);
    }
}
