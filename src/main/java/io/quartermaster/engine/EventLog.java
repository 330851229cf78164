package io.quartermaster.engine;

import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one ordered log of all events. Positions are contiguous from 1 in the order of commits, and
 * versions are contiguous from 1 in each stream: a reader that asks for what comes after its
 * position misses nothing, and can notice if it did.
 */
public interface EventLog {

    /**
     * Appends each command whole or not at all; one that loses does not fail the others. A command
     * id that was seen before is not appended again but answered as it was then.
     *
     * @return one outcome for each command, in order
     * @throws Overloaded when too many commands wait; none of these was tried
     */
    List<Outcome> append(List<Decided> commands);

    /**
     * Appends one command.
     *
     * @return one receipt for each of its changes
     * @throws Conflict when an expectation does not hold
     * @throws Overloaded when too many commands wait
     */
    default List<Receipt> append(Decided command) {
        return switch (append(List.of(command)).getFirst()) {
            case Outcome.Appended(List<Receipt> receipts) -> receipts;
            case Outcome.Lost(Conflict conflict) -> throw conflict;
        };
    }

    /**
     * The stored answer to a command id, marked as repeated, or empty when it was never accepted.
     */
    Optional<List<Receipt>> answerTo(UUID commandId);

    /** At most {@code limit} events after the position, in order. */
    List<Envelope<?>> read(long after, int limit);

    /**
     * At most {@code limit} rows after the position, in order and without a hole. Only the wanted
     * ones carry their event: readers see every position, but pay for what they want.
     */
    List<Row> rows(long after, int limit, Wanted wanted);

    /**
     * At most {@code limit} events of one stream, in order.
     *
     * @param fromVersion the first wanted version, 1 for all
     */
    List<Envelope<?>> readStream(StreamId stream, long fromVersion, int limit);

    /** What is known about a stream, or empty when it has no events. */
    Optional<StreamInfo> stream(StreamId stream);

    /** The position of the last event, 0 when there is none. */
    long head();

    /**
     * Waits until the log has reached a position.
     *
     * @return whether it did in time
     */
    boolean await(long position, Duration timeout) throws InterruptedException;

    /**
     * Calls back after every append that this process made, from the appending thread: the listener
     * only wakes somebody and returns at once.
     */
    void onAppend(Runnable listener);

    /**
     * One place in the log.
     *
     * @param event absent when it is none of those wanted
     */
    record Row(
            long position,
            StreamId stream,
            long version,
            Instant recordedAt,
            @Nullable Envelope<?> event) {}

    /**
     * Which events a reader wants to see.
     *
     * @param eventRoots sealed roots of their types
     */
    record Wanted(Set<Class<?>> eventRoots, Slices slices) {}
}
