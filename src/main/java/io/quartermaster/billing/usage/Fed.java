package io.quartermaster.billing.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the life of a resource has been sent on.
 *
 * @param to everything before has been dealt with
 * @param open the segment that was open when its segments were looked at last; absent when it was
 *     not present, or when more had changed than was looked at
 */
public record Fed(Instant to, @Nullable Open open) {

    /**
     * What tells an open segment from what may stand in its place later.
     *
     * @param facts how many began it; facts are never taken away, so as many are the same
     */
    public record Open(Instant from, int facts) {
        static Open of(Segment segment) {
            return new Open(segment.from(), segment.events().size());
        }
    }

    /**
     * From where it has to be looked at anew after its segments have changed. When the first one
     * that changed is the one that was open before, nothing before its present end is affected; so
     * what comes in time costs the same, however long the resource has lived.
     *
     * @param former absent when the resource is new
     * @param first the earliest segment that was written since the last look
     * @param open its present segment, absent where the above says so
     */
    public static Fed changed(@Nullable Fed former, Segment first, @Nullable Open open) {
        if (former == null) return new Fed(first.from(), open);
        var since = Open.of(first).equals(former.open()) ? first.to() : first.from();
        if (since != null && since.isBefore(former.to())) return new Fed(since, open);
        return new Fed(former.to(), open);
    }
}
