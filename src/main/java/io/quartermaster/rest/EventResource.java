package io.quartermaster.rest;

import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.view.history.Entry;
import io.quartermaster.view.history.Events;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The log: everything that ever happened, in one order. */
@Path("/api/v1/events")
@RunOnVirtualThread
@Tag(name = "events")
public final class EventResource {
    private static final int MOST = 500;

    private final Events events;
    private final EventLog log;
    private final Streams streams;

    @Inject
    EventResource(Events events, EventLog log, Streams streams) {
        this.events = events;
        this.log = log;
        this.streams = streams;
    }

    /**
     * A part of the log.
     *
     * @param next to be sent as {@code after} for the following part
     * @param head position of the last event there is
     */
    public record Part(List<Entry> items, long next, long head) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Shows events after a position, or streams them as they come",
            description =
                    "With 'Accept: text/event-stream' the stream goes on for ever; the id of each event"
                            + " is its position, so a client that reconnects misses nothing.")
    public Part page(
            @QueryParam("after") @Nullable String after,
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("limit") @Nullable String limit) {
        var items = (int) Parameters.number("limit", limit, 100, 1, MOST);
        var part = events.after(position(after), tenant, items);
        return new Part(part.events(), part.next(), part.head());
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> stream(
            @QueryParam("after") @Nullable String after,
            @QueryParam("tenant") @Nullable String tenant,
            @HeaderParam("Last-Event-ID") @Nullable String lastSeen,
            @Context Sse sse) {
        long start = position(lastSeen == null ? after : lastSeen);
        return streams.from(start, place -> part(place, tenant, sse), sse);
    }

    private Streams.Part part(long place, @Nullable String tenant, Sse sse)
            throws InterruptedException {
        log.await(place + 1, Streams.HEARTBEAT);
        var part = events.after(place, tenant, MOST);
        var shown =
                part.events().stream()
                        .map(entry -> Streams.event(sse, entry.position(), entry.event(), entry))
                        .toList();
        return new Streams.Part(shown, part.next(), false);
    }

    private static long position(@Nullable String text) {
        return Parameters.number("after", text, 0, 0, Long.MAX_VALUE - 1);
    }
}
