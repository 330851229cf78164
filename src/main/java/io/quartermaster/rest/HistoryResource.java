package io.quartermaster.rest;

import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.view.history.Difference;
import io.quartermaster.view.history.Entry;
import io.quartermaster.view.history.Events;
import io.quartermaster.view.history.Moment;
import io.quartermaster.view.machine.MachinePast;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happened to a machine, and what changed between two moments. */
@Path("/api/v1/machines/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "machines")
public final class HistoryResource {
    private static final ResourceKind KIND = ResourceKind.MACHINE;
    private static final int MOST = 500;

    private final Events events;
    private final MachinePast past;

    @Inject
    HistoryResource(Events events, MachinePast past) {
        this.events = events;
        this.past = past;
    }

    /** What differs between two moments. */
    public record Differences(String from, String to, List<Difference> differences) {}

    @GET
    @Path("/history")
    @Operation(summary = "Shows what happened to a machine, in order")
    public Listed<Entry> history(
            @PathParam("id") String id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        var first = Parameters.number("cursor", cursor, 1, 1, Long.MAX_VALUE - MOST);
        var items = (int) Parameters.number("limit", limit, 100, 1, MOST);
        var page = events.of(KIND.stream(id), first, items);
        if (page.isEmpty() && first == 1) throw KIND.unknown(id);
        var next = page.size() < items ? null : Long.toString(page.getLast().version() + 1);
        return new Listed<>(page, next);
    }

    @GET
    @Path("/diff")
    @Operation(
            summary = "Shows what differs between two moments of a machine",
            description = "A moment is a version, as in 7, or a time, as in 2026-11-01T00:00:00Z.")
    public Differences diff(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        if (from == null || to == null) {
            throw Refused.parameter("from and to", "", "both are needed: versions or times");
        }
        var before = Moment.parse("from", from);
        var after = Moment.parse("to", to);
        if (events.of(KIND.stream(id), 1, 1).isEmpty()) throw KIND.unknown(id);
        return new Differences(from, to, past.differences(id, before, after));
    }
}
