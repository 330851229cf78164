package io.quartermaster.rest;

import io.quartermaster.billing.audit.Audit;
import io.quartermaster.billing.audit.Audit.Finding;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Waiting;
import io.quartermaster.rest.request.WriteQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Checks of the books: against the log, and against what there is. */
@Path("/api/v1/books")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "books")
public final class BooksResource {
    private final Aggregates aggregates;
    private final Verifying verifying;
    private final Conserving conserving;
    private final Waiting waiting;

    @Inject
    BooksResource(
            Aggregates aggregates, Verifying verifying, Conserving conserving, Waiting waiting) {
        this.aggregates = aggregates;
        this.verifying = verifying;
        this.conserving = conserving;
        this.waiting = waiting;
    }

    /** Where what is metered and what there is differ. */
    public record Findings(List<Finding> items) {}

    @GET
    @Path("/findings")
    @Operation(summary = "Shows where the last check found usage and fleet to differ")
    public Findings findings() {
        var audit = aggregates.load(Audit.STREAM, Audit.class).state();
        return new Findings(List.copyOf(audit.open().values()));
    }

    @POST
    @Path("/check")
    @Operation(summary = "Checks now that open usage equals the live machines and volumes")
    public Findings check() throws InterruptedException {
        return new Findings(conserving.check());
    }

    @GET
    @Path("/verification")
    @Operation(summary = "Shows the newest verification of this replica")
    public Verifying.Run verification(@QueryParam("wait") @Nullable String wait) {
        return waiting.until(Verifying.Run::isOver, this::newest, Waiting.parse(wait));
    }

    private Verifying.Run newest() {
        return verifying
                .last()
                .orElseThrow(
                        () ->
                                new Refused(
                                        404,
                                        "verification-unknown",
                                        "none was made since the start; make one with POST"
                                                + " /api/v1/books/verify"));
    }

    @POST
    @Path("/verify")
    @Operation(
            summary = "Computes the books again from the first event and compares every row",
            description = "It goes on in the background; with wait the answer comes with its end.")
    public Response verify(@BeanParam WriteQuery write) {
        verifying.start();
        var run = waiting.until(Verifying.Run::isOver, this::newest, write.patience());
        return (run.isOver() ? Response.ok(run) : Response.accepted(run)).build();
    }
}
