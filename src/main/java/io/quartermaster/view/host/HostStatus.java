package io.quartermaster.view.host;

import io.quartermaster.machine.Instance;
import io.quartermaster.step.Facts;
import io.quartermaster.step.Failure;
import io.quartermaster.view.Condition;
import io.quartermaster.view.Condition.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a host for its readers, the same over HTTP and in Kubernetes.
 *
 * @param observedGeneration the stream's version
 * @param phase one word, for display only
 * @param source the inventory or manifest that it comes from
 * @param hostKeys pinned or declared
 * @param machine the machine on it
 * @param instance what a provider makes it of, absent for a host that nobody made
 */
public record HostStatus(
        long observedGeneration,
        String phase,
        String source,
        List<String> hostKeys,
        @Nullable String machine,
        @Nullable Instance instance,
        @Nullable Facts facts,
        @Nullable Instant inspectedAt,
        @Nullable Failure unreachable,
        List<Condition> conditions) {

    /** The status that follows from a row. */
    public static HostStatus of(HostRow row) {
        return new HostStatus(
                row.version(),
                row.state(),
                row.source(),
                row.keys(),
                row.machine(),
                row.spec().instance(),
                row.facts(),
                row.inspectedAt(),
                row.unreachable(),
                List.of(available(row), reachable(row)));
    }

    private static Condition available(HostRow row) {
        boolean available = row.state().equals("available");
        var reason = available ? "Available" : "NotAvailable";
        var message = Optional.ofNullable(row.standingReason()).orElse("");
        return condition(row, "Available", Status.of(available), reason, message);
    }

    private static Condition reachable(HostRow row) {
        if (row.inspectedAt() == null) {
            return condition(row, "Reachable", Status.Unknown, "ReachableUnknown", "");
        }
        var failure = row.unreachable();
        return failure == null
                ? condition(row, "Reachable", Status.True, "Reachable", "")
                : condition(row, "Reachable", Status.False, "NotReachable", failure.reason());
    }

    private static Condition condition(
            HostRow row, String type, Status status, String reason, String message) {
        return new Condition(type, status, reason, message, row.updatedAt(), row.version());
    }
}
