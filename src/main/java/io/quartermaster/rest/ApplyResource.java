package io.quartermaster.rest;

import io.quartermaster.rest.Applying.Applied;
import io.quartermaster.rest.Applying.Result;
import io.quartermaster.rest.problem.Refused;
import io.quartermaster.rest.request.Parameters;
import io.quartermaster.rest.request.Precondition;
import io.quartermaster.rest.request.WriteQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Manifests, as many as there are, all or none. */
@Path("/api/v1/apply")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "apply")
public final class ApplyResource {
    private final Applying applying;
    private final Settling settling;
    private final InstantSource clock;

    @Inject
    ApplyResource(Applying applying, Settling settling, InstantSource clock) {
        this.applying = applying;
        this.settling = settling;
        this.clock = clock;
    }

    /**
     * What became of an apply.
     *
     * @param dryRun whether nothing was done
     * @param settled whether nothing is left to do
     */
    public record Summary(boolean dryRun, boolean settled, List<Item> documents) {}

    /**
     * What became of a document.
     *
     * @param document its index, from 0
     * @param result created, changed or unchanged
     * @param resourceVersion afterwards
     * @param href where it is
     */
    public record Item(
            int document,
            String kind,
            String name,
            String result,
            String resourceVersion,
            String href) {

        static Item of(Applied applied) {
            return new Item(
                    applied.document(),
                    applied.kind(),
                    applied.name(),
                    applied.result().name(),
                    Long.toString(applied.version()),
                    applied.location());
        }
    }

    @POST
    @Consumes({ManifestBody.JSON, ManifestBody.YAML, ManifestBody.YAML_X, ManifestBody.YAML_TEXT})
    @Operation(
            summary = "Applies manifests, all or none",
            description =
                    "Takes YAML with one or many documents, or JSON with one document or a list of"
                            + " them. With dryRun=true nothing is done. Answers 202 while work follows;"
                            + " with wait, 200 as soon as every deployment is complete.")
    public Response apply(
            byte[] manifests,
            @QueryParam("dryRun") @Nullable String dryRun,
            @Context HttpHeaders headers,
            @BeanParam WriteQuery write) {
        var patience = write.patience();
        refuse(write.precondition());
        var rehearse = Parameters.flag("dryRun", dryRun);
        var changes = applying.read(manifests, ManifestBody.notation(headers));
        if (rehearse) {
            return answer(true, true, applying.rehearse(changes, new Precondition.None()));
        }
        var applied = applying.apply(changes, new Precondition.None());
        return answer(false, settled(applied, patience), applied);
    }

    /** It speaks of one thing, and here there may be many. */
    private static void refuse(Precondition precondition) {
        if (precondition instanceof Precondition.None) return;
        throw new Refused(
                400,
                "invalid-precondition",
                "If-Match and If-None-Match go with a PUT of one thing, not with an apply");
    }

    private static Response answer(boolean dryRun, boolean settled, List<Applied> applied) {
        var body = new Summary(dryRun, settled, applied.stream().map(Item::of).toList());
        return (settled ? Response.ok(body) : Response.accepted(body)).build();
    }

    private boolean settled(List<Applied> applied, Duration patience) {
        var end = clock.instant().plus(patience);
        return applied.stream()
                .filter(each -> each.resource() == ResourceKind.DEPLOYMENT)
                .filter(each -> each.result() != Result.unchanged)
                .allMatch(each -> complete(each.name(), Duration.between(clock.instant(), end)));
    }

    private boolean complete(String deployment, Duration patience) {
        return settling.complete(deployment, patience).map(Settling::isComplete).orElse(false);
    }
}
