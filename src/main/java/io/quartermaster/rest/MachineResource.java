package io.quartermaster.rest;

import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.ListQuery;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.rest.request.Reason;
import io.quartermaster.rest.request.Waiting;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.view.history.Moment;
import io.quartermaster.view.machine.MachinePast;
import io.quartermaster.view.machine.MachineStatus;
import io.quartermaster.view.machine.Machines;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Machines as they are, and what a person may ask of them. */
@Path("/api/v1/machines")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "machines")
public final class MachineResource {
    private static final ResourceKind KIND = ResourceKind.MACHINE;
    private static final Set<String> PHASES =
            Set.of(
                    "requested",
                    "allocated",
                    "provisioning",
                    "ready",
                    "updating",
                    "repairing",
                    "releasing",
                    "released",
                    "failed");

    private final Machines machines;
    private final Commands commands;
    private final Settling settling;
    private final MachinePast past;

    @Inject
    MachineResource(Machines machines, MachinePast past, Commands commands, Settling settling) {
        this.machines = machines;
        this.past = past;
        this.commands = commands;
        this.settling = settling;
    }

    /**
     * How a run is stopped.
     *
     * @param mode after-step lets the present step finish, now kills it
     */
    public record Cancellation(@Nullable String mode, @Nullable String reason) {

        MachineCommand command() {
            var why = reason == null ? "cancelled by request" : Reason.check(reason);
            return new MachineCommand.Cancel(cancelMode(), why);
        }

        private CancelMode cancelMode() {
            return switch (mode) {
                case "now" -> CancelMode.NOW;
                case "after-step" -> CancelMode.AFTER_STEP;
                case null -> CancelMode.AFTER_STEP;
                default ->
                        throw Bodies.invalid(
                                "/mode", "unknown-value", "it takes after-step or now");
            };
        }
    }

    @GET
    @Operation(summary = "Lists machines by id; released ones only when that state is asked for")
    public Listed<Map<String, Object>> list(
            @BeanParam ListQuery query, @QueryParam("deployment") @Nullable String deployment) {
        var listing = query.listing(PHASES);
        var page =
                deployment == null
                        ? machines.list(listing)
                        : machines.ofDeployment(deployment, listing);
        return Listed.of(page, Documents::of);
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Shows a machine as it is, or as it was",
            description =
                    "With wait, as soon as it is ready, gone, or waits for a person. With at, as it was"
                            + " known at that time; with version, as it was after so many events.")
    public Response get(
            @PathParam("id") String id,
            @QueryParam("at") @Nullable String at,
            @QueryParam("version") @Nullable String version,
            @QueryParam("wait") @Nullable String patience,
            @Context Request request) {
        KIND.stream(id);
        if (at != null || version != null) return Response.ok(then(id, at, version)).build();
        var row = settling.machine(id, Waiting.parse(patience)).orElseThrow(() -> KIND.unknown(id));
        return Answers.seen(request, row.version(), Documents.of(row));
    }

    private Map<String, Object> then(String id, @Nullable String at, @Nullable String version) {
        if (at != null && version != null) {
            throw Refused.parameter("at", at, "it goes without version; send one of them");
        }
        var time = Parameters.instant("at", at);
        var moment =
                time == null
                        ? new Moment.Version(
                                Parameters.number("version", version, 1, 1, Long.MAX_VALUE))
                        : new Moment.Time(time);
        return past.at(id, moment).map(Documents::of).orElseThrow(() -> KIND.unknown(id));
    }

    @POST
    @Path("/{id}/retry")
    @Operation(summary = "Tries again now what failed")
    public Response retry(@PathParam("id") String id, @BeanParam WriteQuery write) {
        return send(id, write, new MachineCommand.Retry());
    }

    @POST
    @Path("/{id}/repair")
    @Operation(summary = "Runs the same plan again on a ready machine")
    public Response repair(@PathParam("id") String id, @BeanParam WriteQuery write) {
        return send(id, write, new MachineCommand.Repair());
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Stops the present run; the machine is then failed and can be retried")
    public Response cancel(@PathParam("id") String id, byte[] body, @BeanParam WriteQuery write) {
        return send(id, write, Bodies.read(body, Cancellation.class).command());
    }

    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Gives a machine up: its steps are taken back, its host is cleaned and freed",
            description =
                    "A deployment makes another one unless it is scaled down first. With force=true a"
                            + " release whose cleaning cannot succeed is ended, and the host goes to"
                            + " quarantine; this needs a reason.")
    public Response release(
            @PathParam("id") String id,
            @QueryParam("force") @Nullable String force,
            byte[] body,
            @BeanParam WriteQuery write) {
        if (!Parameters.flag("force", force)) {
            return send(
                    id, write, new MachineCommand.Release(Reason.or(body, "released by request")));
        }
        var reason = Reason.required(body);
        return send(
                id,
                write,
                new MachineCommand.Release(reason),
                new MachineCommand.ForceRelease(reason));
    }

    private Response send(String id, WriteQuery write, MachineCommand... toDo) {
        var patience = write.patience();
        commands.send(KIND, id, write.precondition(), (Object[]) toDo);
        var row = settling.machine(id, patience).orElseThrow(() -> KIND.unknown(id));
        return MachineStatus.settled(row)
                ? Answers.done(row.version(), Documents.of(row))
                : Answers.accepted(KIND.location(id), row.version(), Documents.of(row));
    }
}
