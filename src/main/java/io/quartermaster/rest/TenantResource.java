package io.quartermaster.rest;

import io.quartermaster.billing.account.Account;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.ListQuery;
import io.quartermaster.rest.request.Listed;
import io.quartermaster.rest.request.Reason;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.tenant.Tenant.Cause;
import io.quartermaster.tenant.Tenant.Command;
import io.quartermaster.tenant.Tenant.Level;
import io.quartermaster.view.tenant.TenantRow;
import io.quartermaster.view.tenant.Tenants;
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
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tenants: who owns and pays, what they may use, and whether they may go on. */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "tenants")
public final class TenantResource {
    private static final ResourceKind KIND = ResourceKind.TENANT;
    private static final String MONEY = "(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?";
    private static final Map<String, Level> LEVELS =
            Map.of("no-machines", Level.NO_MACHINES, "nothing-more", Level.NOTHING_MORE);

    private final Tenants tenants;
    private final Commands commands;
    private final ManifestBody manifests;

    @Inject
    TenantResource(Tenants tenants, Commands commands, ManifestBody manifests) {
        this.tenants = tenants;
        this.commands = commands;
        this.manifests = manifests;
    }

    /**
     * Why it is restricted, and how far.
     *
     * @param level {@code no-machines} or {@code nothing-more}, the latter when absent
     */
    public record Suspension(@Nullable String reason, @Nullable String level) {}

    /**
     * Money that its next invoices are paid with.
     *
     * @param id chosen by whoever grants it: the same one again grants nothing more
     * @param amount in the account's currency, as text
     */
    public record Credit(@Nullable String id, @Nullable String amount, @Nullable String reason) {}

    @GET
    @Operation(summary = "Lists tenants by name; those that are closed with state=closed")
    public Listed<Map<String, Object>> list(@BeanParam ListQuery query) {
        return Listed.of(tenants.list(query.listing(Tenants.STANDINGS)), Documents::of);
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Shows a tenant with its standing and what its things take")
    public Response get(@PathParam("name") String name, @Context Request request) {
        var row = row(name);
        return Answers.seen(request, row.version(), Documents.of(row));
    }

    @PUT
    @Path("/{name}")
    @Consumes({ManifestBody.JSON, ManifestBody.YAML, ManifestBody.YAML_X, ManifestBody.YAML_TEXT})
    @Operation(summary = "Defines a tenant and its terms by its manifest")
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
    @Operation(summary = "Closes a tenant for good: everything that is its own ends at once")
    public Response close(
            @PathParam("name") String name,
            @QueryParam("reason") @Nullable String reason,
            @BeanParam WriteQuery write) {
        var close = new Command.Close(Reason.check(reason));
        commands.change(KIND, name, write.precondition(), close);
        return Response.noContent().build();
    }

    @POST
    @Path("/{name}/suspend")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Gives a tenant no further machines, or nothing further at all")
    public Response suspend(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        var suspension = Bodies.read(body, Suspension.class);
        var word = suspension.level() == null ? "nothing-more" : suspension.level();
        var level = LEVELS.get(word);
        if (level == null) {
            throw Bodies.invalid(
                    "/level", "unknown-value", "it takes one of no-machines, nothing-more");
        }
        var reason = Reason.check(suspension.reason());
        return send(name, write, new Command.Suspend(Cause.ADMINISTRATOR, level, reason));
    }

    @POST
    @Path("/{name}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Lifts what an administrator restricted; what a budget did stays")
    public Response resume(
            @PathParam("name") String name, byte[] body, @BeanParam WriteQuery write) {
        return send(name, write, new Command.Resume(Cause.ADMINISTRATOR, Reason.required(body)));
    }

    @POST
    @Path("/{name}/credits")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Grants money that the tenant's next invoices are paid with")
    public Response grantCredit(@PathParam("name") String name, byte[] body) {
        var credit = Bodies.read(body, Credit.class);
        var account = new StreamId(Account.STREAM, name);
        var grant =
                new AccountCommand.GrantCredit(
                        Names.check("/id", credit.id()),
                        amount(credit.amount(), row(name).terms().currency()),
                        Reason.check(credit.reason()));
        commands.send(List.of(new Order(account, name, grant)));
        return Response.noContent().build();
    }

    private static BigDecimal amount(@Nullable String text, String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        if (text != null && text.matches(MONEY)) {
            var amount = new BigDecimal(text);
            if (amount.signum() > 0 && amount.scale() <= digits) return amount;
        }
        throw Bodies.invalid(
                "/amount",
                text == null ? "missing-field" : "bad-format",
                "it takes an amount of %s above 0 as text, with at most %d digits after the point"
                        .formatted(currency, digits));
    }

    private Response send(String name, WriteQuery write, Command command) {
        commands.send(KIND, name, write.precondition(), command);
        var row = row(name);
        return Answers.done(row.version(), Documents.of(row));
    }

    private TenantRow row(String name) {
        KIND.stream(name);
        return tenants.get(name).orElseThrow(() -> KIND.unknown(name));
    }
}
