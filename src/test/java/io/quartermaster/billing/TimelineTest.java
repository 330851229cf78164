package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.usage.Change;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.billing.usage.Timeline;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;

/** What must hold for every history; a failing seed is named and replays. */
class TimelineTest {

    private static final int HISTORIES = 2_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SECONDS = 5_000;
    private static final Instant END = START.plusSeconds(SECONDS);
    private static final List<String> TENANTS = List.of("acme", "bmc");

    private static void forEachHistory(ObjLongConsumer<List<Fact>> check) {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            var facts = history(new Random(seed));
            try {
                check.accept(facts, seed);
            } catch (AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + facts, failure);
            }
        }
    }

    /** A life with changes that pile up on the same second now and then. */
    private static List<Fact> history(Random random) {
        var facts = new ArrayList<Fact>();
        int at = 0;
        for (int version = 1; version <= 2 + random.nextInt(12); version++) {
            if (random.nextInt(4) > 0) at += random.nextInt(SECONDS / 8);
            var id = new UUID(version, random.nextLong());
            facts.add(new Fact(id, START.plusSeconds(at), version, change(random, version)));
        }
        return facts;
    }

    private static Change change(Random random, int version) {
        if (version == 1) return new Change(Phase.RUNNING, "acme", 7L, "ssd", "", Map.of());
        return switch (random.nextInt(5)) {
            case 0 -> Change.to(Phase.values()[random.nextInt(Phase.values().length)]);
            case 1 -> Change.tenant(TENANTS.get(random.nextInt(2)));
            case 2 -> Change.product(random.nextBoolean() ? "ssd" : "hdd");
            default -> Change.size(random.nextInt(100));
        };
    }

    private static BigInteger used(List<Segment> segments, Instant from, Instant to) {
        return TENANTS.stream()
                .flatMap(t -> Meter.slices("volume/v", segments, t, from, to).stream())
                .map(Slice::quantity)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Second by second, and as plainly as can be. */
    private static BigInteger integral(List<Fact> facts) {
        long sum = 0;
        for (int second = 0; second < SECONDS; second++) {
            var now = START.plusSeconds(second);
            long size = 0;
            boolean isThere = false;
            boolean isEnding = false;
            for (var fact : facts) {
                if (fact.at().isAfter(now)) break;
                if (fact.change().size() != null) size = fact.change().size();
                var phase = fact.change().phase();
                if (phase == null || phase == Phase.RUNNING && isEnding) continue;
                isThere = phase != Phase.ABSENT;
                isEnding = phase == Phase.ENDING;
            }
            if (isThere) sum += size;
        }
        return BigInteger.valueOf(sum);
    }

    @Test
    void segments_add_up_to_what_was_there_each_second() {
        forEachHistory(
                (facts, seed) ->
                        assertEquals(integral(facts), used(Timeline.of(facts), START, END)));
    }

    @Test
    void segments_follow_each_other_without_gap_or_overlap() {
        forEachHistory(
                (facts, seed) -> {
                    var segments = Timeline.of(facts);
                    for (int i = 1; i < segments.size(); i++) {
                        assertEquals(segments.get(i).from(), segments.get(i - 1).to());
                        assertTrue(segments.get(i - 1).from().isBefore(segments.get(i).from()));
                    }
                    assertEquals(null, segments.getLast().to());
                });
    }

    @Test
    void neither_order_nor_repeats_matter() {
        forEachHistory(
                (facts, seed) -> {
                    var shuffled = new ArrayList<>(facts);
                    shuffled.addAll(facts.subList(0, facts.size() / 2));
                    Collections.shuffle(shuffled, new Random(seed));
                    assertEquals(Timeline.of(facts), Timeline.of(shuffled));
                });
    }

    @Test
    void going_on_from_any_segment_leads_to_the_same() {
        forEachHistory(
                (facts, seed) -> {
                    var whole = Timeline.of(facts);
                    for (int i = 0; i < whole.size(); i++) {
                        var former = whole.get(i);
                        var later =
                                facts.stream().filter(f -> f.at().isAfter(former.from())).toList();
                        assertEquals(whole.subList(i, whole.size()), Timeline.after(former, later));
                    }
                });
    }

    @Test
    void what_is_used_in_parts_of_a_time_adds_up() {
        forEachHistory(
                (facts, seed) -> {
                    var segments = Timeline.of(facts);
                    var cut = START.plusSeconds(new Random(seed).nextInt(SECONDS));
                    assertEquals(
                            used(segments, START, END),
                            used(segments, START, cut).add(used(segments, cut, END)));
                });
    }

    @Test
    void nothing_is_used_after_the_end_and_never_less_than_nothing() {
        forEachHistory(
                (facts, seed) -> {
                    var last = facts.getLast();
                    var deleted = new ArrayList<>(facts);
                    for (int i = 1; i <= 2; i++) {
                        deleted.add(
                                new Fact(
                                        new UUID(0, i),
                                        last.at(),
                                        last.version() + i,
                                        Change.to(Phase.ABSENT)));
                    }
                    var segments = Timeline.of(deleted);
                    assertEquals(BigInteger.ZERO, used(segments, last.at(), END.plusSeconds(1)));
                    assertTrue(used(segments, START, END).signum() >= 0);
                });
    }

    @Test
    void there_and_back_within_a_second_adds_nothing() {
        forEachHistory(
                (facts, seed) -> {
                    var last = facts.getLast();
                    var before = Timeline.of(facts).getLast().status();
                    if (before.phase() == Phase.ENDING) return;
                    var more = new ArrayList<>(facts);
                    var later = last.at().plusSeconds(9);
                    var away = before.phase() == Phase.RUNNING ? Phase.STOPPED : Phase.RUNNING;
                    more.add(new Fact(new UUID(0, 1), later, 100, Change.to(away)));
                    more.add(new Fact(new UUID(0, 2), later, 101, Change.to(before.phase())));
                    assertEquals(Timeline.of(facts), Timeline.of(more));
                });
    }
}
