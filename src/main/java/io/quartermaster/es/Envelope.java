package io.quartermaster.es;

import java.time.Instant;
import java.util.UUID;

/**
 * A recorded event with what the log assigned to it. Only the log makes envelopes of committed
 * events; there is no way to set a version or a position.
 *
 * @param position place in the whole log, contiguous from 1, in the order of commits
 * @param stream the aggregate it belongs to
 * @param version place in its stream, contiguous from 1
 * @param eventId unique
 * @param tenant owner of the stream, empty for what belongs to the operator
 * @param recordedAt the log's clock at the append
 * @param effectiveAt when it happened in the world; equals {@code recordedAt} unless the command
 *     said otherwise
 * @param metadata who and why
 * @param event the payload, a record
 */
public record Envelope<E>(
        long position,
        StreamId stream,
        long version,
        UUID eventId,
        String tenant,
        Instant recordedAt,
        Instant effectiveAt,
        Metadata metadata,
        E event) {}
