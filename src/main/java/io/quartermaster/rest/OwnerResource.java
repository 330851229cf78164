package io.quartermaster.rest;

import io.quartermaster.deployment.Ownership;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.problem.Problem;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Reason;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which Kubernetes resource manages a thing, and the way out when that resource is lost. */
@Path("/api/v1/owners")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "owners")
public final class OwnerResource {
    private final Aggregates aggregates;
    private final Commands commands;

    @Inject
    OwnerResource(Aggregates aggregates, Commands commands) {
        this.aggregates = aggregates;
        this.commands = commands;
    }

    @GET
    @Path("/{kind}/{name}")
    @Operation(summary = "Shows the Kubernetes resource that manages a thing")
    public Ownership.Owner get(@PathParam("kind") String kind, @PathParam("name") String name) {
        return owner(kind, name);
    }

    @DELETE
    @Path("/{kind}/{name}")
    @Operation(
            summary =
                    "Lets other doors change a thing although its Kubernetes resource did not let go:"
                            + " for when that resource or its cluster is lost")
    public Response delete(
            @PathParam("kind") String kind,
            @PathParam("name") String name,
            @QueryParam("reason") @Nullable String reason) {
        var disown = new Ownership.Command.Disown(owner(kind, name).uid(), Reason.check(reason));
        commands.send(List.of(new Order(Ownership.of(thing(kind, name)), "", disown)));
        return Response.noContent().build();
    }

    private Ownership.Owner owner(String kind, String name) {
        var stream = Ownership.of(thing(kind, name));
        if (aggregates.load(stream, Ownership.class).state()
                instanceof Ownership.Owned(var owner)) {
            return owner;
        }
        var detail = "no Kubernetes resource manages %s".formatted(Problem.excerpt(name));
        throw new Refused(404, "owner-unknown", detail);
    }

    private static StreamId thing(String kind, String name) {
        return Arrays.stream(ResourceKind.values())
                .filter(each -> each.location("").equals(ResourceKind.API + kind + "/"))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refused(
                                        404,
                                        "kind-unknown",
                                        "no call is about %s; for example: deployments"
                                                .formatted(Problem.excerpt(kind))))
                .stream(name);
    }
}
