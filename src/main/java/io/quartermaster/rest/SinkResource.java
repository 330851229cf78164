package io.quartermaster.rest;

import io.quartermaster.billing.delivery.Letter;
import io.quartermaster.billing.delivery.SinkState;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Caller;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.rest.request.Reason;
import io.quartermaster.sink.Sink;
import io.quartermaster.sink.SinkCatalogue;
import io.quartermaster.view.delivery.Sinks;
import io.quartermaster.view.delivery.Sinks.Decision;
import io.quartermaster.view.delivery.Sinks.Standing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where usage is sent on: how far each sink is, and what it could not get rid of. */
@Path("/api/v1/sinks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "operations")
public final class SinkResource {
    private final SinkCatalogue catalogue;
    private final Sinks sinks;
    private final Caller caller;

    @Inject
    SinkResource(SinkCatalogue catalogue, Sinks sinks, Caller caller) {
        this.catalogue = catalogue;
        this.sinks = sinks;
        this.caller = caller;
    }

    /**
     * How far a sink is.
     *
     * @param kind {@code cloudevents}, {@code openmeter}, {@code lago} or {@code kafka}
     * @param state {@code starting}, {@code active}, {@code paused} or {@code disabled}
     * @param reason why it sends nothing and what to do, absent while it sends
     * @param behind slices that it has not dealt with, 100000 at most
     * @param behindSeconds age of the first of them
     * @param deadLetters slices that wait for a person, or to be sent once more
     * @param failures attempts in a row that came to nothing
     * @param cursor every slice up to this number is dealt with
     * @param readBackTo up to this one it is known that the other side has kept what it took
     */
    public record Shown(
            String name,
            String kind,
            String state,
            @Nullable String reason,
            long behind,
            double behindSeconds,
            long deadLetters,
            int failures,
            @Nullable Instant nextAttemptAt,
            @Nullable String lastAnswer,
            @Nullable Instant lastAnswerAt,
            @Nullable Instant lastSuccessAt,
            long cursor,
            long readBackTo) {}

    /** A slice that a sink could not get rid of. */
    public record Dead(
            long id,
            String kind,
            String error,
            int attempts,
            Instant diedAt,
            UUID sliceId,
            long slice,
            String resource,
            String tenant,
            Instant from,
            Instant to,
            int revision,
            String quantity) {

        static Dead of(Letter letter) {
            var usage = letter.slice();
            var slice = usage.slice();
            return new Dead(
                    letter.id(),
                    word(letter.cause().kind()),
                    letter.cause().reason(),
                    letter.attempts(),
                    letter.diedAt(),
                    usage.id(),
                    usage.seq(),
                    slice.resource(),
                    slice.about().tenant(),
                    slice.from(),
                    slice.to(),
                    slice.revision(),
                    slice.quantity().toString());
        }
    }

    @GET
    @Operation(summary = "Shows how far the sinks are")
    public Listed<Shown> list() {
        return new Listed<>(catalogue.all().stream().map(this::shown).toList(), null);
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Shows how far a sink is")
    public Shown get(@PathParam("name") String name) {
        return shown(sink(name));
    }

    @GET
    @Path("/{name}/dead-letters")
    @Operation(summary = "Shows the slices that a sink could not get rid of, oldest first")
    public Listed<Dead> letters(
            @PathParam("name") String name,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        sink(name);
        int most = (int) Parameters.number("limit", limit, 100, 1, 500);
        long after = Parameters.number("cursor", cursor, 0, 0, Long.MAX_VALUE);
        var letters = sinks.letters(name, after, most);
        var next = letters.size() == most ? Long.toString(letters.getLast().id()) : null;
        return new Listed<>(letters.stream().map(Dead::of).toList(), next);
    }

    @POST
    @Path("/{name}/dead-letters/{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Has a slice sent once more")
    public Response retry(@PathParam("name") String name, @PathParam("id") String id, byte[] body) {
        var decision = decision(Reason.or(body, "retried by request"));
        sink(name);
        return resolved(name, sinks.retry(name, letter(id), decision));
    }

    @POST
    @Path("/{name}/dead-letters/{id}/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Does without a slice for ever, with a reason that is recorded")
    public Response skip(@PathParam("name") String name, @PathParam("id") String id, byte[] body) {
        var decision = decision(Reason.required(body));
        sink(name);
        return resolved(name, sinks.skip(name, letter(id), decision));
    }

    @POST
    @Path("/{name}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Lets a sink send again, at once, with a reason that is recorded")
    public Response resume(@PathParam("name") String name, byte[] body) {
        var decision = decision(Reason.required(body));
        var sink = sink(name);
        sinks.resume(name, decision);
        return Response.accepted(shown(sink)).build();
    }

    @POST
    @Path("/{name}/reconcile")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Reads back, without waiting for its time, what the other side has kept of what"
                            + " it took; what is not there becomes a dead letter")
    public Response reconcile(@PathParam("name") String name, byte[] body) {
        var decision = decision(Reason.or(body, "read back by request"));
        var sink = sink(name);
        if (sink instanceof Sink.CloudEvents || sink instanceof Sink.Kafka) {
            var detail = "a sink of the kind '%s' cannot be read back".formatted(kind(sink));
            throw new Refused(409, "not-readable", detail);
        }
        sinks.readBack(name, decision);
        return Response.accepted(shown(sink)).build();
    }

    private Decision decision(String reason) {
        return new Decision(caller.actor(), reason);
    }

    private static long letter(String id) {
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
    }

    private static Response resolved(String name, boolean isResolved) {
        if (isResolved) return Response.accepted().build();
        var detail =
                "no such dead letter waits for a decision; list those that do with GET"
                        + " /api/v1/sinks/%s/dead-letters";
        throw new Refused(404, "dead-letter-unknown", detail.formatted(name));
    }

    private Sink sink(String name) {
        return catalogue
                .named(name)
                .orElseThrow(
                        () ->
                                new Refused(
                                        404,
                                        "sink-unknown",
                                        "there is no such sink; list those that are with GET"
                                                + " /api/v1/sinks"));
    }

    private Shown shown(Sink sink) {
        return sinks.of(sink.name())
                .map(standing -> shown(sink, word(standing.state().condition()), standing))
                .orElseGet(() -> shown(sink, "starting", notYet(sink)));
    }

    private static Standing notYet(Sink sink) {
        return new Standing(SinkState.begin(sink.name(), 0), 0, Duration.ZERO, 0);
    }

    private static Shown shown(Sink sink, String state, Standing standing) {
        var it = standing.state();
        return new Shown(
                sink.name(),
                kind(sink),
                state,
                it.reason(),
                standing.behind(),
                standing.late().toMillis() / 1000.0,
                standing.deadLetters(),
                it.failures(),
                it.nextAttemptAt(),
                it.last().answer(),
                it.last().at(),
                it.last().successAt(),
                it.cursor(),
                it.settled().seq());
    }

    private static String kind(Sink sink) {
        return switch (sink) {
            case Sink.CloudEvents ignored -> "cloudevents";
            case Sink.OpenMeter ignored -> "openmeter";
            case Sink.Lago ignored -> "lago";
            case Sink.Kafka ignored -> "kafka";
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
