package io.quartermaster.rest;

import io.quartermaster.engine.Receipt;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.rest.request.ReportQuery;
import io.quartermaster.rest.request.WriteQuery;
import io.quartermaster.rest.table.Csv;
import io.quartermaster.rest.table.CsvAnswers;
import io.quartermaster.view.usage.CostReport;
import io.quartermaster.view.usage.Usage;
import io.quartermaster.view.usage.UsageReport;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was used, counted exactly, and what that costs. */
@Path("/api/v1")
@Produces({MediaType.APPLICATION_JSON, Csv.MEDIA_TYPE})
@RunOnVirtualThread
@Tag(name = "usage")
public final class UsageResource {
    private static final String AHEAD =
            "true for what it will cost if all that runs now keeps running until the end";
    private static final String ASSUMPTION =
            "what is in use at %s stays as it is until %s, at the prices that are published now;"
                    + " nothing more is counted, made or released";

    private final Usage usage;
    private final TenantPrices prices;
    private final Commands commands;
    private final InstantSource clock;

    @Inject
    UsageResource(Usage usage, TenantPrices prices, Commands commands, InstantSource clock) {
        this.commands = commands;
        this.usage = usage;
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * Sums of what was used.
     *
     * @param asOf up to when what is still in use was counted
     */
    public record Used(Instant from, Instant to, Instant asOf, List<UsageReport.Item> items) {}

    /**
     * Sums of what that costs.
     *
     * @param asOf up to when what is still in use was counted
     * @param assumption of a forecast, in a sentence; absent for what has been
     */
    public record Costs(
            Instant from,
            Instant to,
            Instant asOf,
            @Nullable String assumption,
            List<CostReport.Item> items) {}

    @GET
    @Path("/usage")
    @APIResponseSchema(Used.class)
    @Operation(
            summary = "Sums up what was used, by tenant, deployment, resource, label and more",
            description = "As JSON, or as a table with 'Accept: text/csv'.")
    public Response usage(@BeanParam ReportQuery query, @Context HttpHeaders headers) {
        var now = clock.instant();
        var wanted = query.breakdown(now);
        var slices = usage.of(query.owner(), wanted.from(), wanted.to(), now);
        var items = UsageReport.of(slices, wanted);
        return CsvAnswers.either(
                headers,
                new Used(wanted.from(), wanted.to(), now, items),
                CsvAnswers.usage(items, wanted.groupNames()));
    }

    /**
     * What became of reported counts.
     *
     * @param recorded how many were new
     * @param repeated how many were known already
     */
    public record Taken(int recorded, int repeated) {}

    @POST
    @Path("/usage")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Reports what was counted elsewhere, all of it or nothing",
            description =
                    "Each record has an id of its own, and counts once however often it comes.")
    public Taken report(byte[] body, @BeanParam WriteQuery write) {
        var orders = Bodies.read(body, UsageBody.class).read(clock);
        int recorded = commands.send(orders).stream().mapToInt(Receipt::events).sum();
        return new Taken(recorded, orders.size() - recorded);
    }

    @GET
    @Path("/costs")
    @APIResponseSchema(Costs.class)
    @Operation(
            summary = "Sums up what usage costs at the prices that were valid, or will cost",
            description =
                    "As JSON, or as a table with 'Accept: text/csv'. An item without an amount is usage"
                            + " for which no price was published.")
    public Response costs(
            @BeanParam ReportQuery query,
            @Parameter(description = AHEAD) @QueryParam("forecast") @Nullable String forecast,
            @Context HttpHeaders headers) {
        var now = clock.instant();
        boolean isAhead = Parameters.flag("forecast", forecast);
        var wanted = isAhead ? query.forecast(now) : query.breakdown(now);
        var months = wanted.wholeMonths();
        // Whole months are rated; in a forecast what is in use counts up to their end.
        var until = isAhead ? months.to() : now;
        var slices = usage.of(query.owner(), months.from(), months.to(), until);
        var items = CostReport.of(slices, prices.byTenant(), wanted);
        var assumption = isAhead ? ASSUMPTION.formatted(now, wanted.to()) : null;
        return CsvAnswers.either(
                headers,
                new Costs(wanted.from(), wanted.to(), now, assumption, items),
                CsvAnswers.costs(items, wanted.groupNames()));
    }
}
