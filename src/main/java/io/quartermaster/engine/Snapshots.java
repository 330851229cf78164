package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.util.Optional;

/** Folded states kept to shorten loading. Losing any or all of them changes nothing but time. */
public interface Snapshots {

    /**
     * The newest snapshot of a stream, or empty when there is none of that shape.
     *
     * @param shape fingerprint of the state's type; another one makes a snapshot void
     */
    <S> Optional<Loaded<S>> find(StreamId stream, String shape, Class<S> stateType);

    /** Keeps a snapshot unless there is a newer one. */
    void keep(Loaded<?> loaded, String shape);

    /** Keeps nothing. */
    static Snapshots none() {
        return new Snapshots() {
            @Override
            public <S> Optional<Loaded<S>> find(StreamId stream, String shape, Class<S> type) {
                return Optional.empty();
            }

            @Override
            public void keep(Loaded<?> loaded, String shape) {}
        };
    }
}
