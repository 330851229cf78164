package io.quartermaster.rest;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Receipt;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.ListQuery;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.rest.request.Reason;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.tenant.Tenant.Quota;
import io.quartermaster.view.volume.VolumeRow;
import io.quartermaster.view.volume.Volumes;
import io.quartermaster.volume.Volume;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeEvent.Ending;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Volumes: storage that a tenant pays for, made here or reported from elsewhere. */
@Path("/api/v1/volumes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "volumes")
public final class VolumeResource {
    private static final ResourceKind KIND = ResourceKind.VOLUME;

    private final Volumes volumes;
    private final Commands commands;
    private final Aggregates aggregates;
    private final ManifestBody manifests;
    private final InstantSource clock;

    @Inject
    VolumeResource(
            Volumes volumes,
            Commands commands,
            Aggregates aggregates,
            ManifestBody manifests,
            InstantSource clock) {
        this.volumes = volumes;
        this.aggregates = aggregates;
        this.commands = commands;
        this.manifests = manifests;
        this.clock = clock;
    }

    /** To which machine, and whether the volume ends with it. */
    public record Attachment(String machine, @Nullable Boolean deleteOnTermination) {}

    /** To whom. */
    public record Recipient(String tenant) {}

    @GET
    @Operation(summary = "Lists volumes by name")
    public Listed<Map<String, Object>> list(@BeanParam ListQuery query) {
        return Listed.of(volumes.list(query.listing(Volumes.PHASES)), Documents::of);
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Shows a volume")
    public Response get(@PathParam("name") String name, @Context Request request) {
        var row = row(name);
        return Answers.seen(request, row.version(), Documents.of(row));
    }

    @PUT
    @Path("/{name}")
    @Consumes({ManifestBody.JSON, ManifestBody.YAML, ManifestBody.YAML_X, ManifestBody.YAML_TEXT})
    @Operation(summary = "Defines a volume, or reports one that lives elsewhere, by its manifest")
    public Response put(
            @PathParam("name") String name,
            byte[] manifest,
            @Context HttpHeaders headers,
            @BeanParam WriteQuery write) {
        var applied = manifests.put(KIND, name, manifest, headers, write.precondition());
        // A report that came late may be about a volume that is gone by now.
        return volumes.get(name)
                .map(row -> Answers.done(applied, Documents.of(row)))
                .orElseGet(() -> Response.noContent().build());
    }

    @POST
    @Path("/report")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Reports what was seen of many volumes that live elsewhere, all or nothing",
            description = "Late and repeated sightings do no harm.")
    public UsageResource.Taken report(byte[] body, @BeanParam WriteQuery write) {
        var orders = Bodies.read(body, SightingsBody.class).read(clock);
        int recorded = commands.send(orders).stream().mapToInt(Receipt::events).sum();
        return new UsageResource.Taken(recorded, orders.size() - recorded);
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Deletes a volume, or with observedAt reports that it is gone elsewhere")
    public Response delete(
            @PathParam("name") String name,
            @QueryParam("observedAt") @Nullable String observedAt,
            @QueryParam("version") @Nullable String version,
            @BeanParam WriteQuery write) {
        var observed = Parameters.instant("observedAt", observedAt);
        if (observed == null) {
            var delete = new VolumeCommand.Delete(Ending.USER, "deleted", clock.instant());
            commands.change(KIND, name, write.precondition(), delete);
        } else {
            ObservedTime.check("/observedAt", observed, clock);
            var count = Parameters.number("version", version, 0, 0, Long.MAX_VALUE);
            var gone = new VolumeCommand.ReportDeleted(observed, count);
            commands.send(List.of(new Order(KIND.stream(name), "", gone)));
        }
        return Response.noContent().build();
    }

    @POST
    @Path("/{name}/attach")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Connects a volume to a machine, for good or as long as the machine lives")
    public Response attach(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        var to = Bodies.read(body, Attachment.class);
        Names.check("/machine", to.machine());
        boolean isDeleted = Boolean.TRUE.equals(to.deleteOnTermination());
        return send(name, write, new VolumeCommand.Attach(to.machine(), isDeleted));
    }

    @POST
    @Path("/{name}/detach")
    @Operation(summary = "Takes a volume off its machine")
    public Response detach(@PathParam("name") String name, @BeanParam WriteQuery write) {
        return send(name, write, new VolumeCommand.Detach());
    }

    @POST
    @Path("/{name}/hand-over")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Gives a volume to another tenant, who pays from then on")
    public Response handOver(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        var tenant = Bodies.read(body, Recipient.class).tenant();
        Names.check("/tenant", tenant);
        commands.send(KIND, name, write.precondition(), state -> handingOver(name, state, tenant));
        return answer(name);
    }

    /** What it took of its owner's quota it takes of the new one's. */
    private List<Order> handingOver(String name, Object state, String to) {
        var stream = KIND.stream(name);
        var orders = new ArrayList<Order>();
        orders.add(new Order(stream, "", new VolumeCommand.HandOver(to)));
        if (state instanceof Volume.Live live && !live.tenant().equals(to)) {
            var from = live.tenant();
            orders.addAll(Holdings.hold(to, Quota.STORAGE, stream, held(from, stream)));
            orders.addAll(Holdings.giveBack(from, Quota.STORAGE, stream));
        }
        orders.add(Commands.checkFree(stream));
        return orders;
    }

    private long held(String tenant, StreamId volume) {
        if (tenant.isEmpty()) return 0;
        var owner = aggregates.load(ResourceKind.TENANT.stream(tenant), Tenant.class).state();
        return owner.held(Quota.STORAGE, volume.toString());
    }

    @POST
    @Path("/{name}/confirm-created")
    @Operation(summary = "Says that a volume which somebody else makes is there")
    public Response confirmCreated(@PathParam("name") String name, @BeanParam WriteQuery write) {
        return send(name, write, new VolumeCommand.ConfirmCreated());
    }

    @POST
    @Path("/{name}/fail-creation")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Says that a volume could not be made")
    public Response failCreation(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        return send(
                name,
                write,
                new VolumeCommand.FailCreation(Reason.required(body), clock.instant()));
    }

    @POST
    @Path("/{name}/confirm-deleted")
    @Operation(summary = "Says that a volume which somebody else deletes is gone")
    public Response confirmDeleted(@PathParam("name") String name, @BeanParam WriteQuery write) {
        return send(name, write, new VolumeCommand.ConfirmDeleted(clock.instant()));
    }

    @POST
    @Path("/{name}/force-delete")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Ends a volume in the books although nobody confirmed that it is gone")
    public Response forceDelete(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        return send(
                name, write, new VolumeCommand.ForceDelete(Reason.required(body), clock.instant()));
    }

    private Response send(String name, WriteQuery write, VolumeCommand command) {
        commands.send(KIND, name, write.precondition(), command);
        return answer(name);
    }

    private Response answer(String name) {
        return volumes.get(name)
                .map(row -> Answers.done(row.version(), Documents.of(row)))
                .orElseGet(() -> Response.noContent().build());
    }

    private VolumeRow row(String name) {
        KIND.stream(name);
        return volumes.get(name).orElseThrow(() -> KIND.unknown(name));
    }
}
