package io.quartermaster.rest;

import io.quartermaster.machine.RunKind;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.PageQuery;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.step.Failure;
import io.quartermaster.view.machine.Machines;
import io.quartermaster.view.machine.RunLog;
import io.quartermaster.view.machine.RunRow;
import io.quartermaster.view.machine.Runs;
import io.quartermaster.view.machine.StepRow;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The runs of a machine, their steps, and what the steps printed. */
@Path("/api/v1/machines/{id}/runs")
@RunOnVirtualThread
@Tag(name = "runs")
public final class RunResource {
    private static final int CHUNKS = 200;
    private static final Set<String> OPEN = Set.of("due", "claimed", "waiting");
    private static final Set<String> NOT_ENDED = Set.of("pending", "sent");

    private final Machines machines;
    private final Runs runs;
    private final RunLog log;
    private final Streams streams;

    @Inject
    RunResource(Machines machines, Runs runs, RunLog log, Streams streams) {
        this.machines = machines;
        this.runs = runs;
        this.log = log;
        this.streams = streams;
    }

    /** A run with its steps; the fence is between the daemon and the host, so it is not shown. */
    public record Run(
            String machine,
            int number,
            String kind,
            String state,
            String plan,
            int planRevision,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String runner,
            @Nullable Failure waiting,
            @Nullable Instant waitingUntil,
            @Nullable Failure failure,
            @Nullable String cancelReason,
            @Nullable List<Step> steps) {

        static Run of(RunRow row, @Nullable List<Step> steps) {
            return new Run(
                    row.machine(),
                    row.number(),
                    word(row.kind()),
                    row.state(),
                    row.plan(),
                    row.revision(),
                    row.requestedAt(),
                    row.startedAt(),
                    row.endedAt(),
                    row.runner(),
                    row.waiting(),
                    row.waiting() == null ? null : row.dueAt(),
                    row.failure(),
                    row.cancelReason(),
                    steps);
        }

        private static String word(RunKind kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A step.
     *
     * @param state pending, sent, or how it ended
     * @param outcome unchanged, changed, skipped or failed; absent before it ended
     * @param durationMillis of its last attempt
     */
    public record Step(
            int index,
            String name,
            String state,
            @Nullable String outcome,
            boolean changed,
            int attempts,
            @Nullable Instant sentAt,
            @Nullable Instant finishedAt,
            @Nullable Long durationMillis,
            @Nullable Failure failure) {

        static Step of(StepRow row) {
            return new Step(
                    row.index(),
                    row.name(),
                    row.outcome(),
                    NOT_ENDED.contains(row.outcome()) ? null : row.outcome(),
                    row.changed(),
                    row.attempts(),
                    row.sentAt(),
                    row.finishedAt(),
                    row.millis(),
                    row.failure());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Lists the runs of a machine, newest first")
    public Listed<Run> list(@PathParam("id") String id, @BeanParam PageQuery query) {
        ResourceKind.MACHINE.stream(id);
        if (machines.get(id).isEmpty()) throw ResourceKind.MACHINE.unknown(id);
        return Listed.of(runs.ofMachine(id, query.listing()), row -> Run.of(row, null));
    }

    @GET
    @Path("/{number}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Shows a run with its steps, those still to come included")
    public Run get(@PathParam("id") String id, @PathParam("number") String number) {
        var row = row(id, number);
        return Run.of(row, runs.steps(id, row.number()).stream().map(Step::of).toList());
    }

    @GET
    @Path("/{number}/log")
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
    @Operation(
            summary = "Shows what the steps of a run printed, or streams it as it comes",
            description =
                    "With 'Accept: text/event-stream' it follows the run to its end. Secrets are masked;"
                            + " of each step at most a mebicharacter is kept.")
    public StreamingOutput text(@PathParam("id") String id, @PathParam("number") String number) {
        var row = row(id, number);
        return output -> write(row, output);
    }

    private void write(RunRow run, OutputStream output) throws IOException {
        var names =
                runs.steps(run.machine(), run.number()).stream()
                        .collect(Collectors.toMap(StepRow::index, StepRow::name));
        int step = -1;
        long after = 0;
        while (true) {
            var chunks = log.read(run.machine(), run.number(), after, CHUNKS);
            for (var chunk : chunks) {
                if (chunk.step() != step) {
                    step = chunk.step();
                    print(
                            "--- step %d: %s%n".formatted(step, names.getOrDefault(step, "")),
                            output);
                }
                print(chunk.text(), output);
                after = chunk.seq();
            }
            if (chunks.size() < CHUNKS) return;
        }
    }

    private static void print(String text, OutputStream output) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @GET
    @Path("/{number}/log")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> follow(
            @PathParam("id") String id,
            @PathParam("number") String number,
            @QueryParam("after") @Nullable String after,
            @HeaderParam("Last-Event-ID") @Nullable String lastSeen,
            @Context Sse sse) {
        var row = row(id, number);
        var start =
                Parameters.number(
                        "after", lastSeen == null ? after : lastSeen, 0, 0, Long.MAX_VALUE);
        return streams.from(start, place -> part(row, place, sse), sse);
    }

    /** Looks whether the run is over before it reads: what came before its end is then there. */
    private Streams.Part part(RunRow run, long place, Sse sse) throws InterruptedException {
        var state = runs.get(run.machine(), run.number()).map(RunRow::state).orElse("superseded");
        boolean over = !OPEN.contains(state);
        if (!over) log.await(run.machine(), run.number(), place, Streams.HEARTBEAT);
        var chunks = log.read(run.machine(), run.number(), place, CHUNKS);
        var next = chunks.isEmpty() ? place : chunks.getLast().seq();
        if (over && chunks.isEmpty()) {
            var end = Streams.event(sse, next, "end", new End(state));
            return new Streams.Part(List.of(end), next, true);
        }
        var shown =
                chunks.stream()
                        .map(chunk -> Streams.event(sse, chunk.seq(), "output", chunk))
                        .toList();
        return new Streams.Part(shown, next, false);
    }

    /** The last event of a log that is followed: how the run ended. */
    public record End(String state) {}

    private RunRow row(String id, String number) {
        ResourceKind.MACHINE.stream(id);
        if (number.matches("\\d{1,9}")) {
            var row = runs.get(id, Integer.parseInt(number));
            if (row.isPresent()) return row.get();
        }
        throw new Refused(
                404,
                "run-unknown",
                "this machine has no such run; list those it has with GET %s/runs"
                        .formatted(ResourceKind.MACHINE.location(id)));
    }
}
