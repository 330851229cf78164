package io.quartermaster.engine.subscription;

import io.quartermaster.es.StreamId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a subscriber cannot go on with. The event that failed and all later ones of the
 * stream wait, in order; the subscriber's other streams go on.
 *
 * @param version of the event that failed
 * @param position of the event that failed
 * @param attempts how often it has failed
 * @param error what it said the last time
 * @param retryAt absent when a person has to act: there is a dead letter
 */
public record Parked(
        String subscriber,
        StreamId stream,
        long version,
        long position,
        int attempts,
        String error,
        @Nullable Instant retryAt) {

    /** Whether it is time to try again. */
    public boolean isDue(Instant now) {
        return Optional.ofNullable(retryAt).filter(at -> !at.isAfter(now)).isPresent();
    }
}
