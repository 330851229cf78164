package io.quartermaster.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quartermaster.deployment.Deployment;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.engine.Order;
import io.quartermaster.rest.Applying.Result;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.ListQuery;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.tenant.Tenant.Quota;
import io.quartermaster.view.deployment.DeploymentRow;
import io.quartermaster.view.deployment.Deployments;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Deployments: so many machines of a class with a plan. */
@Path("/api/v1/deployments")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "deployments")
public final class DeploymentResource {
    private static final ResourceKind KIND = ResourceKind.DEPLOYMENT;
    private static final Set<String> STATES =
            Set.of("progressing", "complete", "failed", "deleting");
    private static final int MOST_REPLICAS = 10_000;

    private final Deployments deployments;
    private final Commands commands;
    private final ManifestBody manifests;
    private final Settling settling;

    @Inject
    DeploymentResource(
            Deployments deployments, Commands commands, ManifestBody manifests, Settling settling) {
        this.deployments = deployments;
        this.commands = commands;
        this.manifests = manifests;
        this.settling = settling;
    }

    /** How many machines it shall be. */
    public record Scale(@JsonProperty(required = true) int replicas) {}

    @GET
    @Operation(summary = "Lists deployments by name")
    public Listed<Map<String, Object>> list(@BeanParam ListQuery query) {
        return Listed.of(deployments.list(query.listing(STATES)), Documents::of);
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Shows a deployment with its counts and conditions")
    public Response get(@PathParam("name") String name, @Context Request request) {
        var row = row(name);
        return Answers.seen(request, row.version(), Documents.of(row));
    }

    @PUT
    @Path("/{name}")
    @Consumes({ManifestBody.JSON, ManifestBody.YAML, ManifestBody.YAML_X, ManifestBody.YAML_TEXT})
    @Operation(summary = "Creates or changes a deployment by its manifest")
    public Response put(
            @PathParam("name") String name,
            byte[] manifest,
            @Context HttpHeaders headers,
            @BeanParam WriteQuery write) {
        var patience = write.patience();
        var applied = manifests.put(KIND, name, manifest, headers, write.precondition());
        if (applied.result() == Result.unchanged) return Answers.done(applied, document(name));
        var row = settling.complete(name, patience).orElseThrow(() -> KIND.unknown(name));
        return Settling.isComplete(row)
                ? Answers.done(applied, Documents.of(row))
                : Answers.accepted(applied.location(), row.version(), Documents.of(row));
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Releases the machines of a deployment, then ends it")
    public Response delete(@PathParam("name") String name, @BeanParam WriteQuery write) {
        var patience = write.patience();
        commands.change(KIND, name, write.precondition(), new DeploymentCommand.Delete());
        return settling.gone(name, patience)
                .map(row -> Answers.accepted(KIND.location(name), row.version(), Documents.of(row)))
                .orElseGet(() -> Response.noContent().build());
    }

    @POST
    @Path("/{name}/scale")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Changes only how many machines there shall be")
    public Response scale(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        var replicas = Bodies.read(body, Scale.class).replicas();
        if (replicas < 0 || replicas > MOST_REPLICAS) {
            var message = "it is %d, and may be 0 to %,d".formatted(replicas, MOST_REPLICAS);
            throw Bodies.invalid("/replicas", "out-of-range", message);
        }
        var patience = write.patience();
        commands.send(KIND, name, write.precondition(), state -> scaling(name, state, replicas));
        var row = settling.complete(name, patience).orElseThrow(() -> KIND.unknown(name));
        return followed(row, Settling.isComplete(row));
    }

    private static List<Order> scaling(String name, Object state, int replicas) {
        var stream = KIND.stream(name);
        var orders = new ArrayList<Order>();
        orders.add(new Order(stream, "", new DeploymentCommand.Scale(replicas)));
        if (state instanceof Deployment.Live(var spec, var revision)) {
            orders.addAll(Holdings.hold(spec.tenant(), Quota.MACHINES, stream, replicas));
        }
        orders.add(Commands.checkFree(stream));
        return orders;
    }

    @POST
    @Path("/{name}/restart")
    @Operation(
            summary =
                    "Runs the present plan and template on every machine, in place and all at once")
    public Response restart(@PathParam("name") String name, @BeanParam WriteQuery write) {
        var patience = write.patience();
        commands.send(KIND, name, write.precondition(), new DeploymentCommand.Restart());
        var began = row(name).updatedAt();
        var row = settling.restarted(name, began, patience).orElseThrow(() -> KIND.unknown(name));
        return followed(row, Settling.isRestarted(row, began));
    }

    private Response followed(DeploymentRow row, boolean settled) {
        return settled
                ? Answers.done(row.version(), Documents.of(row))
                : Answers.accepted(KIND.location(row.name()), row.version(), Documents.of(row));
    }

    private Map<String, Object> document(String name) {
        return Documents.of(row(name));
    }

    private DeploymentRow row(String name) {
        KIND.stream(name);
        return deployments.get(name).orElseThrow(() -> KIND.unknown(name));
    }
}
