package io.quartermaster.rest;

import io.quartermaster.rest.request.Parameters;
import io.quartermaster.view.host.AnsibleInventory;
import io.quartermaster.view.host.Inventory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The hosts for whoever works with Ansible: a dynamic inventory. */
@Path("/api/v1/inventory")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "inventory")
public final class InventoryResource {
    private final Inventory inventory;

    @Inject
    InventoryResource(Inventory inventory) {
        this.inventory = inventory;
    }

    @GET
    @Operation(
            summary = "Shows the hosts as an inventory script's --list does, now or as they were",
            description =
                    "With at, as the hosts were known at that time; with tenant, only those that the"
                            + " tenant's machines are on. Credentials are no part of it.")
    public Map<String, Object> list(
            @QueryParam("at") @Nullable String at, @QueryParam("tenant") @Nullable String tenant) {
        return inventory(at, tenant).list();
    }

    @GET
    @Path("/hosts/{name}")
    @Operation(summary = "Shows a host's variables as an inventory script's --host does")
    public Map<String, Object> host(
            @PathParam("name") String name,
            @QueryParam("at") @Nullable String at,
            @QueryParam("tenant") @Nullable String tenant) {
        return inventory(at, tenant).host(name).orElseThrow(() -> ResourceKind.HOST.unknown(name));
    }

    private AnsibleInventory inventory(@Nullable String at, @Nullable String tenant) {
        var time = Parameters.instant("at", at);
        return time == null ? inventory.now(tenant) : inventory.at(time, tenant);
    }
}
