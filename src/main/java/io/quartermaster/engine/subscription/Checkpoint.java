package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Slices;

/**
 * Where a subscriber stands in the log.
 *
 * @param slices its share of the streams
 * @param epoch of the lease under which it works
 * @param position everything up to here is dealt with: handled, unwanted or parked
 * @param actsAfter up to here an earlier version of the subscriber has acted upon the events, so
 *     that this one only takes note of them
 */
public record Checkpoint(
        String subscriber, Slices slices, long epoch, long position, long actsAfter) {

    Checkpoint at(long moved) {
        return new Checkpoint(subscriber, slices, epoch, moved, actsAfter);
    }
}
