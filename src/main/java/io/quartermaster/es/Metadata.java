package io.quartermaster.es;

import java.util.UUID;

/**
 * Who caused an event, and by what.
 *
 * @param actor a user, a token's name, or {@code system:NAME} for a saga, the runner or the
 *     scheduler
 * @param commandId the command that decided it; the log accepts each command once
 * @param correlationId shared by everything that follows from one request
 * @param causationId the event or request that led to the command; equals {@code commandId} at the
 *     start of a chain
 * @param traceId W3C trace id, or empty
 */
public record Metadata(
        String actor, UUID commandId, UUID correlationId, UUID causationId, String traceId) {}
