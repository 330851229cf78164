package io.quartermaster.rest.request;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What every write may carry besides its body. */
public record WriteQuery(
        @Parameter(description = "the ETag that was seen, or *; else 412") @HeaderParam("If-Match")
                @Nullable String ifMatch,
        @Parameter(description = "only *: what is written must not be there yet, else 412")
                @HeaderParam("If-None-Match")
                @Nullable String ifNoneMatch,
        @Parameter(
                        description =
                                "names the request: sent again with the same body it is answered the same")
                @HeaderParam(IdempotencyKey.HEADER)
                @Nullable String idempotencyKey,
        @Parameter(description = "seconds to wait until what follows is settled, 0 to 600")
                @QueryParam("wait")
                @Nullable String waitSeconds) {

    /** What the writer supposes. */
    public Precondition precondition() {
        return Precondition.of(ifMatch, ifNoneMatch);
    }

    /** How long the writer waits for what follows. */
    public Duration patience() {
        return Waiting.parse(waitSeconds);
    }
}
