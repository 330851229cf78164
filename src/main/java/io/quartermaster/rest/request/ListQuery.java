package io.quartermaster.rest.request;

import io.quartermaster.rest.problem.Refused;
import io.quartermaster.view.LabelSelector;
import io.quartermaster.view.Listing;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a list a caller wants, as it stands in the query. */
public record ListQuery(
        @Parameter(description = "as in Kubernetes: pool=fra1,tier!=db,role in (web, api),!old")
                @QueryParam("labelSelector")
                @Nullable String labelSelector,
        @Parameter(description = "whose things") @QueryParam("tenant") @Nullable String tenant,
        @Parameter(description = "one word of those that status.phase may be") @QueryParam("state")
                @Nullable String state,
        @Parameter(description = "items on a page, 1 to 500, 100 unless told") @QueryParam("limit")
                @Nullable String limit,
        @Parameter(description = "'next' of the page before") @QueryParam("cursor")
                @Nullable String cursor) {

    /**
     * The listing that is asked for.
     *
     * @param states what may be asked for as a state; empty where things have none
     */
    public Listing listing(Set<String> states) {
        if (state != null && !states.contains(state)) {
            var right =
                    states.isEmpty()
                            ? "these things have no state, leave it out"
                            : "it takes one of: " + String.join(", ", new TreeSet<>(states));
            throw Refused.parameter("state", state, right);
        }
        var selector =
                labelSelector == null
                        ? LabelSelector.EVERYTHING
                        : LabelSelector.parse(labelSelector);
        var items = (int) Parameters.number("limit", limit, Listing.DEFAULT_LIMIT, 1, Listing.MOST);
        return new Listing(tenant, state, selector, items, cursor);
    }
}
