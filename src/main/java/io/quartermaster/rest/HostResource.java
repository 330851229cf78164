package io.quartermaster.rest;

import io.quartermaster.machine.HostCommand;
import io.quartermaster.rest.request.ListQuery;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.Reason;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.view.host.HostRow;
import io.quartermaster.view.host.Hosts;
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
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Hosts: what they are, whether they may be used, and whether their keys are trusted. */
@Path("/api/v1/hosts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "hosts")
public final class HostResource {
    private static final ResourceKind KIND = ResourceKind.HOST;
    private static final Set<String> STATES =
            Set.of(
                    "enrolled",
                    "available",
                    "reserved",
                    "in use",
                    "cleaning",
                    "quarantined",
                    "maintenance",
                    "retired");

    private final Hosts hosts;
    private final Commands commands;
    private final ManifestBody manifests;

    @Inject
    HostResource(Hosts hosts, Commands commands, ManifestBody manifests) {
        this.hosts = hosts;
        this.commands = commands;
        this.manifests = manifests;
    }

    @GET
    @Operation(summary = "Lists hosts by name; retired ones only when that state is asked for")
    public Listed<Map<String, Object>> list(@BeanParam ListQuery query) {
        return Listed.of(hosts.list(query.listing(STATES)), Documents::of);
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Shows a host")
    public Response get(@PathParam("name") String name, @Context Request request) {
        var host = row(name);
        return Answers.seen(request, host.version(), Documents.of(host));
    }

    @PUT
    @Path("/{name}")
    @Consumes({ManifestBody.JSON, ManifestBody.YAML, ManifestBody.YAML_X, ManifestBody.YAML_TEXT})
    @Operation(summary = "Enrols a host, or changes how it is reached, by its manifest")
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
    @Operation(summary = "Retires a host; refused while a machine is on it")
    public Response delete(@PathParam("name") String name, @BeanParam WriteQuery write) {
        commands.change(
                KIND, name, write.precondition(), new HostCommand.Retire("deleted by request"));
        return Response.noContent().build();
    }

    @POST
    @Path("/{name}/forget-keys")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Accepts whatever host key the next contact shows, and lifts the quarantine")
    public Response forgetKeys(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        return send(name, write, new HostCommand.ForgetKeys(Reason.required(body)));
    }

    @POST
    @Path("/{name}/quarantine")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes a host out of use because it cannot be trusted")
    public Response quarantine(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        return send(name, write, new HostCommand.Quarantine("by-hand", Reason.required(body)));
    }

    @POST
    @Path("/{name}/lift-quarantine")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Trusts a host again")
    public Response liftQuarantine(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        return send(name, write, new HostCommand.LiftQuarantine(Reason.required(body)));
    }

    @POST
    @Path("/{name}/start-maintenance")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Keeps new machines off a host; one that is on it stays")
    public Response startMaintenance(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        return send(name, write, new HostCommand.StartMaintenance(Reason.required(body)));
    }

    @POST
    @Path("/{name}/end-maintenance")
    @Operation(summary = "Lets a host take part again")
    public Response endMaintenance(@PathParam("name") String name, @BeanParam WriteQuery write) {
        return send(name, write, new HostCommand.EndMaintenance());
    }

    private Response send(String name, WriteQuery write, HostCommand command) {
        var receipt = commands.send(KIND, name, write.precondition(), command);
        return Answers.done(receipt.version(), Documents.of(row(name)));
    }

    private HostRow row(String name) {
        KIND.stream(name);
        return hosts.get(name).orElseThrow(() -> KIND.unknown(name));
    }
}
