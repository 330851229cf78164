package io.quartermaster.rest;

import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.rest.request.ListQuery;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.PageQuery;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.view.deployment.PlanRow;
import io.quartermaster.view.deployment.Plans;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Provisioning plans, each with every revision that it ever had. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "plans")
public final class PlanResource {
    private static final ResourceKind KIND = ResourceKind.PLAN;

    private final Plans plans;
    private final Commands commands;
    private final ManifestBody manifests;

    @Inject
    PlanResource(Plans plans, Commands commands, ManifestBody manifests) {
        this.plans = plans;
        this.commands = commands;
        this.manifests = manifests;
    }

    @GET
    @Operation(summary = "Lists plans by name, each at its newest revision")
    public Listed<Map<String, Object>> list(@BeanParam ListQuery query) {
        return Listed.of(plans.list(query.listing(Set.of())), Documents::of);
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Shows a plan at its newest revision, or at the one that is asked for")
    public Response get(
            @PathParam("name") String name,
            @QueryParam("revision") @Nullable String revision,
            @Context Request request) {
        if (revision == null) {
            var plan = row(name);
            return Answers.seen(request, plan.version(), Documents.of(plan));
        }
        KIND.stream(name);
        var number = (int) Parameters.number("revision", revision, 1, 1, Integer.MAX_VALUE);
        var plan =
                plans.get(name, number)
                        .orElseThrow(() -> KIND.unknown(name + "?revision=" + number));
        return Response.ok(Documents.of(plan)).build();
    }

    @GET
    @Path("/{name}/revisions")
    @Operation(summary = "Lists the revisions of a plan, newest first")
    public Listed<Map<String, Object>> revisions(
            @PathParam("name") String name, @BeanParam PageQuery query) {
        KIND.stream(name);
        var page = plans.revisions(name, query.listing());
        if (page.items().isEmpty() && query.cursor() == null) throw KIND.unknown(name);
        return Listed.of(page, Documents::of);
    }

    @PUT
    @Path("/{name}")
    @Consumes({ManifestBody.JSON, ManifestBody.YAML, ManifestBody.YAML_X, ManifestBody.YAML_TEXT})
    @Operation(
            summary = "Saves a plan by its manifest: the next revision, unless nothing changes",
            description =
                    "The deployments that use the plan adopt the new revision for new machines.")
    public Response put(
            @PathParam("name") String name,
            byte[] manifest,
            @Context HttpHeaders headers,
            @BeanParam WriteQuery write) {
        var applied = manifests.put(KIND, name, manifest, headers, write.precondition());
        return Answers.done(applied, Documents.of(row(name)));
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Withdraws a plan; refused while a deployment uses it; its revisions stay")
    public Response delete(@PathParam("name") String name, @BeanParam WriteQuery write) {
        commands.change(KIND, name, write.precondition(), new PlanCommand.Delete());
        return Response.noContent().build();
    }

    private PlanRow row(String name) {
        KIND.stream(name);
        return plans.get(name).orElseThrow(() -> KIND.unknown(name));
    }
}
