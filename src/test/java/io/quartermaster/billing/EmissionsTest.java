package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.usage.Change;
import io.quartermaster.billing.usage.Emission;
import io.quartermaster.billing.usage.Emissions;
import io.quartermaster.billing.usage.Emissions.Window;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Fed;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Timeline;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is sent on adds up to what was used, whatever comes late; a failing seed is named. */
class EmissionsTest {
    private static final int HISTORIES = 2_000;
    private static final Instant START = Instant.parse("2026-01-01T00:30:00Z");
    private static final int SECONDS = 40_000;
    private static final String RESOURCE = "volume/pictures";
    private static final List<String> TENANTS = List.of("acme", "bmc");

    /**
     * Segments with the position that wrote them last, as the view keeps them, and what was sent.
     */
    private static final class World {
        private final List<Fact> facts = new ArrayList<>();
        private final TreeMap<Instant, Segment> segments = new TreeMap<>();
        private final Map<Instant, Long> positions = new TreeMap<>();
        private final List<Emission> sent = new ArrayList<>();
        private final int hours;
        private long position;
        private long seen;
        private Fed fed;

        World(int hours) {
            this.hours = hours;
        }

        /** As the view takes it in. */
        void tell(Fact fact) {
            position++;
            if (facts.stream().noneMatch(known -> known.eventId().equals(fact.eventId()))) {
                facts.add(fact);
            }
            var former = segments.lowerEntry(fact.at());
            var later = facts.stream().filter(each -> !each.at().isBefore(fact.at())).toList();
            var gone = segments.tailMap(fact.at(), true);
            positions.keySet().removeAll(gone.keySet());
            gone.clear();
            var next = Timeline.after(former == null ? null : former.getValue(), later);
            for (var segment : next) {
                segments.put(segment.from(), segment);
                positions.put(segment.from(), position);
            }
        }

        /** As the feed looks. */
        void look(Instant now) {
            positions.entrySet().stream()
                    .filter(each -> each.getValue() > seen)
                    .map(each -> segments.get(each.getKey()))
                    .findFirst()
                    .ifPresent(first -> fed = Fed.changed(fed, first, open()));
            seen = position;
            while (fed != null) {
                var window = Window.from(fed.to(), hours, now);
                var within = sent.stream().filter(each -> isIn(each, window)).toList();
                sent.addAll(Emissions.missing(RESOURCE, reaching(window), within, window));
                fed = new Fed(window.next(), fed.open());
                if (window.isLast()) return;
            }
        }

        private Fed.Open open() {
            var last = segments.lastEntry().getValue();
            return last.status().phase() == Phase.ABSENT
                    ? null
                    : new Fed.Open(last.from(), last.events().size());
        }

        private static boolean isIn(Emission emission, Window window) {
            return !emission.from().isBefore(window.from())
                    && emission.from().isBefore(window.to());
        }

        private List<Segment> reaching(Window window) {
            return segments.values().stream()
                    .filter(each -> each.from().isBefore(window.to()))
                    .filter(each -> each.to() == null || each.to().isAfter(window.from()))
                    .toList();
        }
    }

    /** What a history has come to when its last fact was told and everything was looked at. */
    private record End(World world, Instant now) {}

    @FunctionalInterface
    private interface Check {
        void that(End end);
    }

    private static void forEachHistory(Check check) {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            var end = run(new Random(seed));
            try {
                check.that(end);
            } catch (AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + end.world().facts, failure);
            }
        }
    }

    /** Facts in disorder and again, looks in between, at times that only grow. */
    private static End run(Random random) {
        var facts = history(random);
        facts.addAll(facts.subList(0, random.nextInt(facts.size())));
        if (random.nextInt(3) > 0) Collections.shuffle(facts, random);
        var world = new World(1 + random.nextInt(12));
        var now = START.plusSeconds(random.nextInt(SECONDS));
        for (var fact : facts) {
            if (fact.at().isAfter(now)) now = fact.at();
            world.tell(fact);
            if (random.nextBoolean()) world.look(now);
            now = now.plusSeconds(random.nextInt(4_000));
        }
        world.look(now);
        return new End(world, now);
    }

    private static List<Fact> history(Random random) {
        var facts = new ArrayList<Fact>();
        int at = 0;
        for (int version = 1; version <= 2 + random.nextInt(8); version++) {
            if (random.nextInt(4) > 0) at += random.nextInt(SECONDS / 6);
            var id = new UUID(version, random.nextLong());
            facts.add(new Fact(id, START.plusSeconds(at), version, change(random, version)));
        }
        return facts;
    }

    private static Change change(Random random, int version) {
        if (version == 1) return new Change(Phase.RUNNING, "acme", 7L, "ssd", "", Map.of());
        return switch (random.nextInt(6)) {
            case 0 -> Change.to(Phase.values()[random.nextInt(Phase.values().length)]);
            case 1 -> Change.tenant(TENANTS.get(random.nextInt(2)));
            case 2 -> Change.product(random.nextBoolean() ? "ssd" : "hdd");
            default -> Change.size(random.nextInt(100));
        };
    }

    /** What was used until an instant by the segments of all facts, without looking at hours. */
    private static BigInteger used(End end, String tenant) {
        var hour = end.now().truncatedTo(ChronoUnit.HOURS);
        var sum = BigInteger.ZERO;
        for (var segment : Timeline.of(end.world().facts)) {
            var status = segment.status();
            if (status.phase() == Phase.ABSENT || !status.tenant().equals(tenant)) continue;
            var to = segment.to() == null || segment.to().isAfter(end.now()) ? hour : segment.to();
            if (!segment.from().isBefore(to)) continue;
            long seconds = Duration.between(segment.from(), to).toSeconds();
            sum = sum.add(BigInteger.valueOf(Math.multiplyExact(status.size(), seconds)));
        }
        return sum;
    }

    private static BigInteger sent(End end, String tenant) {
        return end.world().sent.stream()
                .filter(each -> each.about().tenant().equals(tenant))
                .map(Emission::quantity)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    @Test
    void what_was_sent_adds_up_to_what_was_used_of_each_tenant() {
        forEachHistory(
                end ->
                        TENANTS.forEach(
                                tenant -> assertEquals(used(end, tenant), sent(end, tenant))));
    }

    @Test
    void no_two_slices_have_the_same_name() {
        forEachHistory(
                end -> {
                    var names = end.world().sent.stream().map(Emission::name).toList();
                    assertEquals(names.size(), new HashSet<>(names).size());
                });
    }

    @Test
    void no_slice_reaches_over_a_full_hour_or_says_nothing() {
        forEachHistory(
                end -> {
                    for (var each : end.world().sent) {
                        var hour = each.from().truncatedTo(ChronoUnit.HOURS);
                        assertTrue(!each.to().isAfter(hour.plus(1, ChronoUnit.HOURS)));
                        assertTrue(each.quantity().signum() != 0);
                    }
                });
    }

    @Test
    void to_look_once_more_finds_nothing() {
        forEachHistory(
                end -> {
                    int before = end.world().sent.size();
                    end.world().look(end.now());
                    assertEquals(before, end.world().sent.size());
                });
    }

    @Test
    void what_comes_in_time_is_never_corrected() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            var world = new World(1_000);
            for (var fact : history(new Random(seed))) {
                world.look(fact.at().minusSeconds(1));
                world.tell(fact);
            }
            var revised = world.sent.stream().filter(each -> each.quantity().signum() < 0).toList();
            assertEquals(List.of(), revised, "seed " + seed);
        }
    }

    @Test
    void a_late_fact_takes_back_what_was_wrong_and_says_what_is_right() {
        var world = new World(1_000);
        var hour = Instant.parse("2026-01-01T10:00:00Z");
        world.tell(
                new Fact(
                        new UUID(1, 1),
                        hour,
                        1,
                        new Change(Phase.RUNNING, "acme", 5L, "ssd", "", Map.of())));
        world.look(hour.plusSeconds(3600));
        world.tell(new Fact(new UUID(1, 2), hour.plusSeconds(600), 2, Change.size(8)));

        world.look(hour.plusSeconds(3700));

        assertEquals(
                List.of(
                        "10:00-11:00 #1 18000",
                        "10:00-10:10 #1 3000",
                        "10:00-11:00 #2 -18000",
                        "10:10-11:00 #1 24000"),
                world.sent.stream().map(EmissionsTest::text).toList());
    }

    private static String text(Emission emission) {
        return "%s-%s #%d %d"
                .formatted(
                        emission.from().toString().substring(11, 16),
                        emission.to().toString().substring(11, 16),
                        emission.revision(),
                        emission.quantity());
    }
}
