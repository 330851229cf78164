package io.quartermaster.view.usage;

import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.view.InvalidQuery;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sums slices up by what somebody wants to know. */
public final class UsageReport {

    /** How long an interval of the report is. */
    public enum Resolution {
        /** One for the whole time. */
        TOTAL,
        HOUR,
        DAY,
        MONTH;

        private Instant next(Instant from, Instant end, ZoneId zone) {
            var local = from.atZone(zone);
            return switch (this) {
                case TOTAL -> end;
                case HOUR -> local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
                case DAY -> midnight(local).plusDays(1).toInstant();
                case MONTH -> midnight(local).withDayOfMonth(1).plusMonths(1).toInstant();
            };
        }

        /** Where the interval begins that an instant lies in. */
        private Instant begin(Instant at, Span span) {
            var local = at.atZone(span.zone());
            var begin =
                    switch (this) {
                        case TOTAL -> span.from();
                        case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
                        case DAY -> midnight(local).toInstant();
                        case MONTH -> midnight(local).withDayOfMonth(1).toInstant();
                    };
            return later(begin, span.from());
        }

        private static ZonedDateTime midnight(ZonedDateTime time) {
            return time.toLocalDate().atStartOfDay(time.getZone());
        }
    }

    /** By what slices are summed up, besides their meter. */
    public enum Group {
        TENANT,
        DEPLOYMENT,
        RESOURCE,
        /** A machine's class, a volume's tier. */
        PRODUCT;

        private String of(Slice slice) {
            return switch (this) {
                case TENANT -> slice.status().tenant();
                case DEPLOYMENT -> slice.status().group();
                case RESOURCE -> slice.resource();
                case PRODUCT -> slice.status().product();
            };
        }
    }

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

    /** Sums in one report. */
    private static final int MOST = 50_000;

    private UsageReport() {}

    private static InvalidQuery tooMany() {
        return new InvalidQuery(
                "too-many-sums",
                "resolution",
                "the report would have more than "
                        + MOST
                        + " sums; take longer intervals, fewer"
                        + " groups or a shorter time");
    }

    /** The sums, ordered by time, group and meter. */
    public static List<Item> of(
            Collection<Slice> slices, List<Group> groups, Resolution resolution, Span span) {
        var sums =
                new TreeMap<Key, BigInteger>(
                        Comparator.comparing(Key::from)
                                .thenComparing(key -> String.join("\0", key.values()))
                                .thenComparing(Key::meter));
        for (var slice : slices) {
            var values = groups.stream().map(group -> group.of(slice)).toList();
            for (var part : cut(slice, resolution, span)) {
                var key = new Key(part.from(), part.to(), values, slice.meter());
                sums.merge(key, part.quantity(), BigInteger::add);
                if (sums.size() > MOST) throw tooMany();
            }
        }
        var items = new ArrayList<Item>();
        sums.forEach((key, sum) -> items.add(item(key, groups, sum)));
        return items;
    }

    /** The time that is reported, and where its days begin. */
    public record Span(Instant from, Instant to, ZoneId zone) {}

    /** A quantity within an interval of the report. */
    private record Part(Instant from, Instant to, BigInteger quantity) {}

    private static List<Part> cut(Slice slice, Resolution resolution, Span span) {
        var parts = new ArrayList<Part>();
        for (var begin = resolution.begin(slice.from(), span); begin.isBefore(slice.to()); ) {
            var next = resolution.next(begin, span.to(), span.zone());
            var end = earlier(next, span.to());
            var part = slice.part(later(begin, slice.from()), earlier(end, slice.to()));
            parts.add(new Part(begin, end, part.quantity()));
            begin = end;
        }
        return parts;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Item item(Key key, List<Group> groups, BigInteger sum) {
        var group = new LinkedHashMap<String, String>();
        for (int i = 0; i < groups.size(); i++) {
            group.put(groups.get(i).name().toLowerCase(Locale.ROOT), key.values().get(i));
        }
        var unit = Meter.isCount(key.meter()) ? "count" : unit(key.meter());
        return new Item(key.from(), key.to(), group, key.meter(), unit, sum.toString());
    }

    private static String unit(String meter) {
        return meter.equals(Meter.STORAGE) ? "B-s" : "s";
    }
}
