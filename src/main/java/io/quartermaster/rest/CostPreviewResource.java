package io.quartermaster.rest;

import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.manifest.Change;
import io.quartermaster.rest.request.Precondition;
import io.quartermaster.view.deployment.DeploymentRow;
import io.quartermaster.view.deployment.Deployments;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a changed deployment would cost. */
@Path("/api/v1/deployments/{name}/plan")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "deployments")
public final class CostPreviewResource {
    private static final ResourceKind KIND = ResourceKind.DEPLOYMENT;

    private final ManifestBody manifests;
    private final Applying applying;
    private final Deployments deployments;
    private final CostPreviews previews;

    @Inject
    CostPreviewResource(
            ManifestBody manifests,
            Applying applying,
            Deployments deployments,
            CostPreviews previews) {
        this.manifests = manifests;
        this.applying = applying;
        this.deployments = deployments;
        this.previews = previews;
    }

    @POST
    @Consumes({ManifestBody.JSON, ManifestBody.YAML, ManifestBody.YAML_X, ManifestBody.YAML_TEXT})
    @Operation(
            summary = "Tells what a deployment would cost with a changed manifest",
            description =
                    "Takes the manifest as PUT does, also of a deployment that is not there yet, and"
                            + " changes nothing. An amount that is missing is one for which no price was"
                            + " published.")
    public CostPreviews.Plan plan(
            @PathParam("name") String name, byte[] manifest, @Context HttpHeaders headers) {
        var changes = manifests.read(KIND, name, manifest, headers);
        applying.rehearse(changes, new Precondition.None());
        var before = deployments.get(name).map(DeploymentRow::spec).orElse(null);
        return previews.of(name, before, wanted(changes));
    }

    private static DeploymentSpec wanted(List<Change> changes) {
        return changes.stream()
                .map(Change::command)
                .filter(DeploymentCommand.Apply.class::isInstance)
                .map(DeploymentCommand.Apply.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a deployment is applied"))
                .spec();
    }
}
