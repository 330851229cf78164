package io.quartermaster.billing.usage;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What has to be sent on of a resource: what its segments say minus what was sent. Whatever came
 * late, twice or in another order, afterwards the sum of what was sent is what the segments say.
 */
public final class Emissions {

    private Emissions() {}

    /** Where an emission lies and what it is about: of two with the same, the quantities add up. */
    private record Key(Instant from, Instant to, Emission.About about) {
        static Key of(Emission emission) {
            return new Key(emission.from(), emission.to(), emission.about());
        }
    }

    private record Interval(Instant from, Instant to) {}

    private record Wanted(BigInteger quantity, List<UUID> events) {}

    /**
     * The differences, in the order of time.
     *
     * @param segments those that reach into the window
     * @param sent everything that was emitted of the resource and begins within the window
     */
    public static List<Emission> missing(
            String resource, List<Segment> segments, Collection<Emission> sent, Window window) {
        var wanted = wanted(resource, segments, window);
        var missing = new LinkedHashMap<Key, BigInteger>();
        for (var each : sent) {
            missing.merge(Key.of(each), each.quantity().negate(), BigInteger::add);
        }
        wanted.forEach((key, each) -> missing.merge(key, each.quantity(), BigInteger::add));
        var revisions = revisions(sent);
        var emissions = new ArrayList<Emission>();
        missing.forEach(
                (key, quantity) -> {
                    if (quantity.signum() == 0) return;
                    var interval = new Interval(key.from(), key.to());
                    int revision = revisions.merge(interval, 1, Integer::sum);
                    var events =
                            wanted.containsKey(key) ? wanted.get(key).events() : List.<UUID>of();
                    emissions.add(
                            new Emission(
                                    resource,
                                    Meter.of(resource),
                                    key.about(),
                                    key.from(),
                                    key.to(),
                                    revision,
                                    quantity,
                                    events));
                });
        emissions.sort(Emission.IN_ORDER);
        return emissions;
    }

    private static Map<Interval, Integer> revisions(Collection<Emission> sent) {
        var revisions = new HashMap<Interval, Integer>();
        for (var each : sent) {
            var interval = new Interval(each.from(), each.to());
            revisions.merge(interval, each.revision(), Math::max);
        }
        return revisions;
    }

    private static Map<Key, Wanted> wanted(String resource, List<Segment> segments, Window window) {
        var wanted = new LinkedHashMap<Key, Wanted>();
        for (var segment : segments) {
            if (segment.status().phase() == Phase.ABSENT) continue;
            var slice =
                    new Slice(
                            resource,
                            Meter.of(resource),
                            segment.status(),
                            later(segment.from(), window.from()),
                            earlier(window.end(segment), window.to()),
                            0,
                            segment.events());
            for (var part : byHour(slice)) {
                if (part.quantity().signum() == 0) continue;
                var key = new Key(part.from(), part.to(), Emission.About.of(part.status()));
                wanted.put(key, new Wanted(part.quantity(), part.events()));
            }
        }
        return wanted;
    }

    private static List<Slice> byHour(Slice slice) {
        var parts = new ArrayList<Slice>();
        for (var from = slice.from(); from.isBefore(slice.to()); ) {
            var hour = from.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            var to = earlier(hour, slice.to());
            parts.add(slice.part(from, to));
            from = to;
        }
        return parts;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * The part of a resource's life that is looked at.
     *
     * @param from a full hour
     * @param to a full hour: where the part ends, at the latest the end of the present hour
     * @param now what is still open counts up to the last full hour before it
     */
    public record Window(Instant from, Instant to, Instant now) {

        /** From an hour on, as much as is dealt with in one go. */
        public static Window from(Instant begin, int hours, Instant now) {
            var from = begin.truncatedTo(ChronoUnit.HOURS);
            var present = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            return new Window(from, earlier(from.plus(hours, ChronoUnit.HOURS), present), now);
        }

        /** Whether nothing is left to be dealt with at present. */
        public boolean isLast() {
            return to.isAfter(now);
        }

        /** From where the next look has to go on. */
        public Instant next() {
            return isLast() ? later(from, now.truncatedTo(ChronoUnit.HOURS)) : to;
        }

        private Instant end(Segment segment) {
            var hour = now.truncatedTo(ChronoUnit.HOURS);
            return segment.to() == null || segment.to().isAfter(now) ? hour : segment.to();
        }
    }
}
