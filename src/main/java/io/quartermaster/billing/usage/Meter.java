package io.quartermaster.billing.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;

/** What is metered, and how segments become slices. */
public final class Meter {

    /** Seconds of a machine. */
    public static final String MACHINE = "machine";

    /** Byte-seconds of a volume. */
    public static final String STORAGE = "storage";

    /**
     * Counts are summed up by quarters of an hour; every month of every time zone begins with one.
     */
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private Meter() {}

    /** The quarter of an hour that an instant lies in. */
    public static Instant quarter(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES)
                .minus(Duration.ofMinutes(at.atOffset(ZoneOffset.UTC).getMinute() % 15));
    }

    /** What was counted within a quarter of an hour, as a slice. */
    public static Slice counted(Count.Record sum) {
        var status =
                new Status(
                        Phase.RUNNING,
                        sum.tenant(),
                        1,
                        sum.product(),
                        sum.group(),
                        sum.labels(),
                        Status.NONE.since());
        var to = sum.at().plus(QUARTER);
        return new Slice(sum.resource(), sum.meter(), status, sum.at(), to, sum.count(), List.of());
    }

    /**
     * Slices of which those that count the same thing are summed up from bound to bound, so that a
     * month of calls is a line and not a thousand.
     *
     * @param bounds at each of which the price changes, for a meter and a product
     */
    public static List<Slice> summed(
            List<Slice> slices,
            BiFunction<String, String, ? extends Collection<Instant>> bounds,
            Instant from,
            Instant to) {
        var summed = new ArrayList<Slice>();
        var sums = new LinkedHashMap<List<Object>, Slice>();
        for (var slice : slices) {
            if (!isCount(slice.meter())) {
                summed.add(slice);
                continue;
            }
            var begin = from;
            var end = to;
            for (var bound : bounds.apply(slice.meter(), slice.status().product())) {
                if (!bound.isAfter(slice.from()) && bound.isAfter(begin)) begin = bound;
                if (bound.isAfter(slice.from()) && bound.isBefore(end)) end = bound;
            }
            var whole = slice.part(begin, end);
            var key = List.<Object>of(whole.resource(), whole.meter(), whole.status(), begin);
            sums.merge(key, whole, (one, other) -> one.plus(other.count()));
        }
        summed.addAll(sums.values());
        return summed;
    }

    /** Whether it counts, instead of measuring time. */
    public static boolean isCount(String meter) {
        return !meter.equals(MACHINE) && !meter.equals(STORAGE);
    }

    /** What a meter's quantities are counted in: {@code B-s}, {@code s} or {@code count}. */
    public static String unit(String meter) {
        return switch (meter) {
            case STORAGE -> "B-s";
            case MACHINE -> "s";
            default -> "count";
        };
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
