package io.quartermaster.view.usage;

import io.quartermaster.billing.price.Line.About;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.view.usage.Group.Subject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums slices up by what somebody wants to know. */
public final class UsageReport {

    /**
     * A sum.
     *
     * @param group the values that its slices share
     * @param unit {@code B-s}, {@code s}, or {@code count}
     * @param quantity a whole number as text, since it may be larger than what JSON readers keep
     */
    public record Item(
            Instant from,
            Instant to,
            Map<String, String> group,
            String meter,
            String unit,
            String quantity) {}

    private record Key(Instant from, Instant to, List<String> values, String meter) {}

    private static final Comparator<Key> IN_ORDER =
            Comparator.comparing(Key::from)
                    .thenComparing(key -> String.join("\0", key.values()))
                    .thenComparing(Key::meter);

    private UsageReport() {}

    /**
     * The sums, ordered by time, group and meter.
     *
     * @param slices within the time that is reported
     */
    public static List<Item> of(Collection<Slice> slices, Breakdown breakdown) {
        var sums = new TreeMap<Key, BigInteger>(IN_ORDER);
        for (var slice : slices) {
            var about = About.of(slice);
            if (!breakdown.selection().takes(about)) continue;
            var values = breakdown.values(new Subject(slice.status().tenant(), about));
            for (var part : cut(slice, breakdown)) {
                var from = breakdown.begin(part.from());
                var key = new Key(from, breakdown.end(part.from()), values, slice.meter());
                sums.merge(key, part.quantity(), BigInteger::add);
            }
            Breakdown.checkSize(sums.size());
        }
        var items = new ArrayList<Item>();
        sums.forEach((key, sum) -> items.add(item(key, breakdown, sum)));
        return items;
    }

    /** The parts of a slice, each of which lies in one interval. */
    static List<Slice> cut(Slice slice, Breakdown breakdown) {
        var parts = new ArrayList<Slice>();
        for (var from = slice.from(); from.isBefore(slice.to()); ) {
            var end = breakdown.end(from);
            var to = end.isBefore(slice.to()) ? end : slice.to();
            parts.add(slice.part(from, to));
            from = to;
        }
        return parts;
    }

    private static Item item(Key key, Breakdown breakdown, BigInteger sum) {
        var group = breakdown.named(key.values());
        return new Item(
                key.from(), key.to(), group, key.meter(), Meter.unit(key.meter()), sum.toString());
    }
}
