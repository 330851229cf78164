package io.quartermaster.engine;

import io.quartermaster.es.Metadata;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and why.
 *
 * @param metadata its command id makes the request repeatable: the same id, the same answer
 * @param effectiveAt when it happened in the world, absent for now
 */
public record Ask(Metadata metadata, @Nullable Instant effectiveAt) {

    /** The start of a chain of causes. */
    public static Ask by(String actor, UUID commandId) {
        return new Ask(new Metadata(actor, commandId, commandId, commandId, ""), null);
    }

    /** The same request, for something that happened at that time. */
    public Ask effectiveAt(Instant instant) {
        return new Ask(metadata, instant);
    }

    /** The same request as part of a trace. */
    public Ask traced(String traceId) {
        var m = metadata;
        return new Ask(
                new Metadata(m.actor(), m.commandId(), m.correlationId(), m.causationId(), traceId),
                effectiveAt);
    }
}
