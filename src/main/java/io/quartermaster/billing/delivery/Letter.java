package io.quartermaster.billing.delivery;

import java.time.Instant;

/**
 * A slice that a sink could not get rid of, and that waits for a person's decision: to be sent once
 * more, or never.
 *
 * @param attempts how often it was refused
 */
public record Letter(
        long id, String sink, UsageRecord slice, Cause cause, int attempts, Instant diedAt) {

    /** Why a slice is a dead letter. */
    public record Cause(Kind kind, String reason) {}

    /** What went wrong. */
    public enum Kind {
        /** The other side refused it for good. */
        REFUSED,
        /** It cannot be said in the other side's terms. */
        UNFIT,
        /** It was taken, and was not there when it was read back. */
        DROPPED
    }
}
