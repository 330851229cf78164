package io.quartermaster.rest;

import io.quartermaster.engine.subscription.Build;
import io.quartermaster.engine.subscription.DeadLetter;
import io.quartermaster.engine.subscription.Projections;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.engine.subscription.SubscriptionStore.Resolution;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Caller;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.Reason;
import io.quartermaster.view.history.Subscriptions;
import io.quartermaster.view.history.Subscriptions.Standing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The readers of the log: how far they are, what they could not handle, and building views anew.
 */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "operations")
public final class SubscriptionResource {
    private final Subscriptions subscriptions;
    private final SubscriptionStore store;
    private final Projections projections;
    private final Caller caller;
    private final InstantSource clock;

    @Inject
    SubscriptionResource(
            Subscriptions subscriptions,
            SubscriptionStore store,
            Projections projections,
            Caller caller,
            InstantSource clock) {
        this.subscriptions = subscriptions;
        this.store = store;
        this.projections = projections;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * How far a reader is.
     *
     * @param position everything up to here is dealt with
     * @param behind events of the log after that
     * @param behindSeconds age of the first of them
     * @param parkedStreams that wait behind an event that failed
     * @param deadLetters that wait for a person
     * @param state {@code running}, or {@code stopped} when it cannot go on
     * @param reason why it has stopped and what to do, absent while it is running
     */
    public record Reader(
            String name,
            long position,
            long behind,
            double behindSeconds,
            int parkedStreams,
            int deadLetters,
            String state,
            @Nullable String reason) {

        static Reader of(Standing standing) {
            return new Reader(
                    standing.name(),
                    standing.position(),
                    standing.behind(),
                    standing.late().toMillis() / 1000.0,
                    standing.parked(),
                    standing.deadLetters(),
                    standing.stopped() == null ? "running" : "stopped",
                    standing.stopped());
        }
    }

    /** An event that a reader could not handle. */
    public record Letter(
            long id,
            String stream,
            long version,
            long position,
            int attempts,
            String error,
            Instant diedAt) {

        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.id(),
                    letter.stream().toString(),
                    letter.version(),
                    letter.position(),
                    letter.attempts(),
                    letter.error(),
                    letter.diedAt());
        }
    }

    /** A view that is being built beside the one that serves. */
    public record Rebuild(String view, int build, String state) {

        static Rebuild of(Build build) {
            return new Rebuild(
                    build.projection(),
                    build.number(),
                    build.state().name().toLowerCase(Locale.ROOT));
        }
    }

    @GET
    @Path("/subscriptions")
    @Operation(summary = "Shows how far the readers of the log are")
    public Listed<Reader> list() {
        return new Listed<>(subscriptions.all().stream().map(Reader::of).toList(), null);
    }

    @GET
    @Path("/subscriptions/{name}/dead-letters")
    @Operation(summary = "Shows the events that a reader could not handle, oldest first")
    public Listed<Letter> letters(@PathParam("name") String name) {
        check(name);
        return new Listed<>(of(name).map(Letter::of).toList(), null);
    }

    @POST
    @Path("/subscriptions/{name}/dead-letters/{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Tries an event again; the later ones of its stream follow in order")
    public Response retry(@PathParam("name") String name, @PathParam("id") String id, byte[] body) {
        return resolve(name, id, false, Reason.or(body, "retried by request"));
    }

    @POST
    @Path("/subscriptions/{name}/dead-letters/{id}/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Skips an event for ever, with a reason that is recorded")
    public Response skip(@PathParam("name") String name, @PathParam("id") String id, byte[] body) {
        return resolve(name, id, true, Reason.required(body));
    }

    @POST
    @Path("/views/{name}/rebuild")
    @Operation(summary = "Builds a view anew from the log, beside the one that serves meanwhile")
    public Response rebuild(@PathParam("name") String name) {
        try {
            return Response.accepted(Rebuild.of(projections.rebuild(name))).build();
        } catch (IllegalArgumentException e) {
            throw new Refused(404, "view-unknown", String.valueOf(e.getMessage()));
        }
    }

    private Response resolve(String name, String id, boolean skip, String reason) {
        check(name);
        var letter =
                of(name).filter(each -> Long.toString(each.id()).equals(id))
                        .findFirst()
                        .orElseThrow(() -> unknownLetter(name));
        var resolution = new Resolution(skip, reason, caller.actor(), clock.instant());
        if (!store.resolve(letter.id(), resolution)) throw unknownLetter(name);
        return Response.accepted(Letter.of(letter)).build();
    }

    private Stream<DeadLetter> of(String subscriber) {
        return store.deadLetters().stream().filter(each -> each.subscriber().equals(subscriber));
    }

    private void check(String name) {
        if (subscriptions.all().stream().anyMatch(each -> each.name().equals(name))) return;
        var detail = "there is no such reader; list those that are with GET /api/v1/subscriptions";
        throw new Refused(404, "subscription-unknown", detail);
    }

    private static Refused unknownLetter(String name) {
        var detail =
                "no such dead letter waits for a decision; list those that do with GET"
                        + " /api/v1/subscriptions/%s/dead-letters";
        return new Refused(404, "dead-letter-unknown", detail.formatted(name));
    }
}
