package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.util.Optional;

/** Folded states kept to shorten loading. Losing any or all of them changes nothing but time. */
public interface Snapshots {

    /**
     * The newest snapshot of a stream, or empty when there is none of that shape.
     *
     * @param stateType what all states of the stream share
     * @param shape fingerprint of that type; another one makes a snapshot void
     */
    Optional<Loaded<Object>> find(StreamId stream, Class<?> stateType, String shape);

    /** Keeps a snapshot unless there is a newer one of that shape. */
    void keep(Loaded<Object> loaded, Class<?> stateType, String shape);

    /** Keeps nothing. */
    static Snapshots none() {
        return new Snapshots() {
            @Override
            public Optional<Loaded<Object>> find(StreamId stream, Class<?> type, String shape) {
                return Optional.empty();
            }

            @Override
            public void keep(Loaded<Object> loaded, Class<?> stateType, String shape) {}
        };
    }
}
