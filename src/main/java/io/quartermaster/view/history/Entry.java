package io.quartermaster.view.history;

import io.quartermaster.engine.wire.Codec;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An event as people read it.
 *
 * @param position its place in the log
 * @param stream what it happened to, {@code machine/web-k3x9a2qd}
 * @param version its place in the stream
 * @param event its fixed name, {@code machine.ready}
 * @param tenant owner of the stream, empty for the operator's own
 * @param at when it was recorded
 * @param effectiveAt when it happened in the world
 * @param actor who caused it
 * @param command id of the command that led to it
 * @param correlation shared by everything that follows from one request
 * @param cause the event or request that led to the command
 * @param data what it says
 */
public record Entry(
        long position,
        String stream,
        long version,
        String event,
        String tenant,
        Instant at,
        Instant effectiveAt,
        String actor,
        UUID command,
        UUID correlation,
        UUID cause,
        Map<String, Object> data) {

    static Entry of(Envelope<?> envelope, Codec codec) {
        var stored = codec.events().write(envelope.event());
        var metadata = envelope.metadata();
        return new Entry(
                envelope.position(),
                envelope.stream().toString(),
                envelope.version(),
                stored.name(),
                envelope.tenant(),
                envelope.recordedAt(),
                envelope.effectiveAt(),
                metadata.actor(),
                metadata.commandId(),
                metadata.correlationId(),
                metadata.causationId(),
                new Json(codec).tree(stored.json()));
    }
}
