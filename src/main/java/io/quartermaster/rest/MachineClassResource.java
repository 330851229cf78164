package io.quartermaster.rest;

import io.quartermaster.deployment.MachineClass;
import io.quartermaster.rest.request.ListQuery;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.view.deployment.ClassRow;
import io.quartermaster.view.deployment.Classes;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Machine classes: what kinds of machine there are. */
@Path("/api/v1/machine-classes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "machine classes")
public final class MachineClassResource {
    private static final ResourceKind KIND = ResourceKind.MACHINE_CLASS;

    private final Classes classes;
    private final Commands commands;
    private final ManifestBody manifests;

    @Inject
    MachineClassResource(Classes classes, Commands commands, ManifestBody manifests) {
        this.classes = classes;
        this.commands = commands;
        this.manifests = manifests;
    }

    @GET
    @Operation(summary = "Lists machine classes by name")
    public Listed<Map<String, Object>> list(@BeanParam ListQuery query) {
        return Listed.of(classes.list(query.listing(Set.of())), Documents::of);
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Shows a machine class")
    public Response get(@PathParam("name") String name, @Context Request request) {
        var row = row(name);
        return Answers.seen(request, row.version(), Documents.of(row));
    }

    @PUT
    @Path("/{name}")
    @Consumes({ManifestBody.JSON, ManifestBody.YAML, ManifestBody.YAML_X, ManifestBody.YAML_TEXT})
    @Operation(summary = "Defines a machine class by its manifest")
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
    @Operation(summary = "Deletes a machine class; refused while a deployment uses it")
    public Response delete(@PathParam("name") String name, @BeanParam WriteQuery write) {
        commands.change(KIND, name, write.precondition(), new MachineClass.Command.Delete());
        return Response.noContent().build();
    }

    private ClassRow row(String name) {
        KIND.stream(name);
        return classes.get(name).orElseThrow(() -> KIND.unknown(name));
    }
}
