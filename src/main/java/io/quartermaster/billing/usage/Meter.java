package io.quartermaster.billing.usage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is metered, and how segments become slices. */
public final class Meter {

    /** Seconds of a machine. */
    public static final String MACHINE = "machine";

    /** Byte-seconds of a volume. */
    public static final String STORAGE = "storage";

    private Meter() {}

    /** Whether it counts, instead of measuring time. */
    public static boolean isCount(String meter) {
        return !meter.equals(MACHINE) && !meter.equals(STORAGE);
    }

    /** The meter of a resource that exists for a while. */
    public static String of(String resource) {
        return resource.startsWith("volume/") ? STORAGE : MACHINE;
    }

    /**
     * What a tenant used of a resource within an interval.
     *
     * @param from included
     * @param to excluded
     */
    public static List<Slice> slices(
            String resource, List<Segment> segments, String tenant, Instant from, Instant to) {
        var slices = new ArrayList<Slice>();
        for (var segment : segments) {
            var status = segment.status();
            if (status.phase() == Phase.ABSENT || !status.tenant().equals(tenant)) continue;
            var begin = segment.from().isBefore(from) ? from : segment.from();
            var end = segment.to() == null || segment.isAfter(to) ? to : segment.to();
            if (!begin.isBefore(end)) continue;
            slices.add(new Slice(resource, of(resource), status, begin, end, 0, segment.events()));
        }
        return slices;
    }
}
