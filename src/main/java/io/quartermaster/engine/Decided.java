package io.quartermaster.engine;

import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decided command on its way into the log: all of its events or none.
 *
 * @param metadata who and why; its command id is accepted once, a repeat gets the stored answer
 * @param changes in the order of the receipts; a stream may stand in several, then only the first
 *     one's expectation counts
 * @param effectiveAt when it happened in the world, absent for the log's clock at the append
 */
public record Decided(Metadata metadata, List<Change> changes, @Nullable Instant effectiveAt) {

    /** Copies the list and refuses one that could not be answered. */
    public Decided {
        changes = List.copyOf(changes);
        if (changes.isEmpty()) throw new IllegalArgumentException("a command concerns a stream");
    }

    /**
     * What happens to one stream.
     *
     * @param tenant counts only with the stream's first event; all later ones inherit it
     * @param events may be empty: the command was already fulfilled
     */
    public record Change(StreamId stream, String tenant, Expected expected, List<?> events) {

        public Change {
            events = List.copyOf(events);
        }
    }
}
