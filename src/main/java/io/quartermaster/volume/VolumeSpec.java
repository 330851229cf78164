package io.quartermaster.volume;

import java.util.Map;

/**
 * What a volume shall be.
 *
 * @param sizeBytes 0 to {@link #MOST_BYTES}
 * @param tier what kind of storage, as the price book names it
 * @param confirmed whether somebody else makes and deletes it and says so; else it is there, and
 *     gone, as soon as it is asked for
 * @param labels for selecting it in lists and grouping its cost
 */
public record VolumeSpec(
        long sizeBytes, String tier, boolean confirmed, Map<String, String> labels) {

    /** One exbibyte: more is a mistake of units. */
    public static final long MOST_BYTES = 1L << 60;

    VolumeSpec sized(long newSize, String newTier) {
        return new VolumeSpec(newSize, newTier, confirmed, labels);
    }
}
