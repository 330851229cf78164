package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.time.Instant;

/**
 * What the log knows about a stream beyond its events.
 *
 * @param version number of its events
 * @param createdAt recorded time of its first event
 * @param updatedAt recorded time of its last event
 */
public record StreamInfo(
        StreamId stream, long version, String tenant, Instant createdAt, Instant updatedAt) {}
