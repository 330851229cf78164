package io.quartermaster.billing.usage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A half-open interval in which the same held for a resource.
 *
 * @param to absent while it still holds
 * @param events the facts that began it
 */
public record Segment(Instant from, @Nullable Instant to, Status status, List<UUID> events) {

    /** Whether it reaches beyond the instant. */
    boolean isAfter(Instant instant) {
        return to == null || to.isAfter(instant);
    }
}
