package io.quartermaster.rest.request;

import io.quartermaster.view.Listing;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a list that knows no other choice. */
public record PageQuery(
        @Parameter(description = "items on a page, 1 to 500, 100 unless told") @QueryParam("limit")
                @Nullable String limit,
        @Parameter(description = "'next' of the page before") @QueryParam("cursor")
                @Nullable String cursor) {

    /** The listing that is asked for. */
    public Listing listing() {
        return new ListQuery(null, null, null, limit, cursor).listing(Set.of());
    }
}
