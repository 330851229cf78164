package io.quartermaster.rest;

import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Receipt;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.request.Bodies;
import io.quartermaster.rest.request.ReportQuery;
import io.quartermaster.rest.request.WriteQuery;
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
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was used, counted exactly, and what that costs. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "usage")
public final class UsageResource {
    private final Usage usage;
    private final Aggregates aggregates;
    private final Commands commands;
    private final InstantSource clock;

    @Inject
    UsageResource(Usage usage, Aggregates aggregates, Commands commands, InstantSource clock) {
        this.commands = commands;
        this.usage = usage;
        this.aggregates = aggregates;
        this.clock = clock;
    }

    /**
     * Sums.
     *
     * @param asOf up to when what is still in use was counted
     */
    public record Report<T>(Instant from, Instant to, Instant asOf, List<T> items) {}

    @GET
    @Path("/usage")
    @Operation(summary = "Sums up what was used, by tenant, deployment, resource or product")
    public Report<UsageReport.Item> usage(@BeanParam ReportQuery query) {
        var now = clock.instant();
        var wanted = query.breakdown(now);
        var slices = usage.of(query.owner(), wanted.from(), wanted.to(), now);
        return new Report<>(wanted.from(), wanted.to(), now, UsageReport.of(slices, wanted));
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
    @Operation(
            summary = "Sums up what usage costs at the prices that were valid",
            description = "An item without an amount is usage for which no price was published.")
    public Report<CostReport.Item> costs(@BeanParam ReportQuery query) {
        var now = clock.instant();
        var wanted = query.breakdown(now);
        var months = wanted.wholeMonths();
        var slices = usage.of(query.owner(), months.from(), months.to(), now);
        var general = book(Prices.DEFAULT);
        var items = CostReport.of(slices, tenant -> new Prices(book(tenant), general), wanted);
        return new Report<>(wanted.from(), wanted.to(), now, items);
    }

    private List<Published> book(String name) {
        if (name.isEmpty()) return List.of();
        var stream = new StreamId(PriceBook.STREAM, name);
        return aggregates.load(stream, PriceBook.class).state().published(name);
    }
}
