package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A range of the 1024 slices among which streams are spread, so that subscribers can share work
 * while each stream stays with one of them.
 *
 * @param first first slice of the range
 * @param last last slice of the range, inclusive
 */
public record Slices(int first, int last) {

    /** How many there are; stored with every event, so it never changes. */
    public static final int COUNT = 1024;

    /** Every slice. */
    public static final Slices ALL = new Slices(0, COUNT - 1);

    /** Checks the bounds. */
    public Slices {
        if (first < 0 || last >= COUNT || first > last) {
            throw new IllegalArgumentException(
                    "slices " + first + " to " + last + " are no range within 0 to " + (COUNT - 1));
        }
    }

    /**
     * The slice of a stream: CRC-32 of its name in UTF-8, modulo 1024. Stored, so never changed.
     */
    public static int of(StreamId stream) {
        var crc = new CRC32();
        crc.update(stream.toString().getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % COUNT);
    }

    /** Whether the stream falls into this range. */
    public boolean contains(StreamId stream) {
        int slice = of(stream);
        return first <= slice && slice <= last;
    }

    /** All slices in that many ranges of about the same size. */
    public static List<Slices> split(int ranges) {
        var parts = new ArrayList<Slices>(ranges);
        for (int i = 0; i < ranges; i++) {
            parts.add(new Slices(i * COUNT / ranges, (i + 1) * COUNT / ranges - 1));
        }
        return List.copyOf(parts);
    }
}
