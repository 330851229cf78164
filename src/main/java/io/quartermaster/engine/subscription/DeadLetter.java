package io.quartermaster.engine.subscription;

import io.quartermaster.es.StreamId;
import java.time.Instant;

/**
 * An event that a subscriber could not handle, waiting for a person's decision: to try it again or
 * to skip it. Later events of its stream wait behind it.
 *
 * @param id what the decision names
 * @param error what the handler said the last time
 */
public record DeadLetter(
        long id,
        String subscriber,
        StreamId stream,
        long version,
        long position,
        int attempts,
        String error,
        Instant diedAt) {}
