package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Rating;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.usage.Change;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.billing.usage.Timeline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What must hold for every price and every history; a failing seed is named and replays. */
class RatingTest {

    private static final int HISTORIES = 2_000;
    static final Month MONTH =
            new Month(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));
    private static final int MONTH_SECONDS = 744 * 3_600;

    static void forEachSeed(LongConsumer check) {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                check.accept(seed);
            } catch (AssertionError failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    /** Machines that start, stop, start again and go, at random. */
    private static List<Slice> machines(long seed) {
        var random = new Random(seed);
        var slices = new ArrayList<Slice>();
        for (int machine = 0; machine < 3; machine++) {
            slices.addAll(slices("machine/m" + machine, life(random, machine)));
        }
        return slices;
    }

    private static List<Slice> slices(String resource, List<Segment> life) {
        return Meter.slices(resource, life, "acme", MONTH.from(), MONTH.to());
    }

    static List<Segment> life(Random random, int machine) {
        var phases = List.of(Phase.RUNNING, Phase.STOPPED, Phase.ALLOCATED, Phase.ABSENT);
        var facts = new ArrayList<Fact>();
        facts.add(
                new Fact(
                        new UUID(machine, 0),
                        MONTH.from().minusSeconds(random.nextInt(90_000)),
                        1,
                        new Change(Phase.RUNNING, "acme", 1L, "small", "web", Map.of())));
        int at = 0;
        for (int version = 2; version < 2 + random.nextInt(6); version++) {
            at += random.nextInt(MONTH_SECONDS / 4);
            facts.add(
                    new Fact(
                            new UUID(machine, version),
                            MONTH.from().plusSeconds(at),
                            version,
                            Change.to(phases.get(random.nextInt(phases.size())))));
        }
        return Timeline.of(facts);
    }

    static final Scheme FLAT = new Scheme.Flat(new BigDecimal("0.0060"));

    static List<Line> rate(List<Slice> slices, Prices prices) {
        return Rating.rate(slices, prices, MONTH, RoundingMode.HALF_UP);
    }

    static BigDecimal exact(List<Line> lines) {
        return sum(lines.stream().map(Line::exact));
    }

    private static BigDecimal units(List<Line> lines) {
        return sum(lines.stream().map(Line::units));
    }

    private static BigDecimal sum(Stream<@Nullable BigDecimal> numbers) {
        return numbers.reduce(BigDecimal.ZERO, BigDecimal::add).setScale(12, RoundingMode.HALF_UP);
    }

    @Test
    void the_order_in_which_slices_come_does_not_matter() {
        forEachSeed(
                seed -> {
                    var slices = machines(seed);
                    var prices =
                            Terms.of(new Scheme.Graduated(SchemesTest.TIERS), Granularity.MINUTE)
                                    .prices();
                    assertEquals(rate(slices, prices), rate(slices.reversed(), prices));
                });
    }

    @Test
    void the_same_price_published_again_changes_nothing_but_the_lines() {
        forEachSeed(
                seed -> {
                    var slices = machines(seed);
                    var terms = Terms.of(new Scheme.Graduated(SchemesTest.TIERS), Granularity.HOUR);
                    var change = MONTH.from().plusSeconds(new Random(seed).nextInt(MONTH_SECONDS));
                    var twice =
                            new Prices(
                                    List.of(),
                                    List.of(terms.from(Instant.EPOCH, 1), terms.from(change, 2)));
                    assertEquals(exact(rate(slices, terms.prices())), exact(rate(slices, twice)));
                });
    }

    @Test
    void running_and_stopped_time_make_up_the_time_that_is_there() {
        forEachSeed(
                seed -> {
                    var slices = machines(seed);
                    var all = Terms.of(FLAT, Granularity.SECOND);
                    var running =
                            new Terms(FLAT, Granularity.SECOND, 0, BilledWhile.RUNNING, null, null);
                    long stopped =
                            slices.stream()
                                    .filter(s -> s.status().phase() == Phase.STOPPED)
                                    .mapToLong(Slice::seconds)
                                    .sum();
                    var stoppedHours =
                            new BigDecimal(stopped)
                                    .divide(new BigDecimal(3_600), 12, RoundingMode.HALF_UP);
                    var difference =
                            units(rate(slices, all.prices()))
                                    .subtract(units(rate(slices, running.prices())))
                                    .subtract(stoppedHours);
                    assertTrue(difference.abs().compareTo(new BigDecimal("1e-9")) < 0);
                });
    }

    @Test
    void no_machine_costs_more_than_the_cap_or_less_than_the_minimum() {
        forEachSeed(
                seed -> {
                    var terms =
                            new Terms(
                                    FLAT, Granularity.HOUR, 7_200, BilledWhile.PRESENT, "2", "0.5");
                    var lines = rate(machines(seed), terms.prices());
                    for (int machine = 0; machine < 3; machine++) {
                        var resource = "machine/m" + machine;
                        var own =
                                lines.stream()
                                        .filter(l -> l.about().resource().equals(resource))
                                        .toList();
                        if (own.isEmpty()) continue;
                        assertTrue(exact(own).compareTo(new BigDecimal("2")) <= 0);
                        assertTrue(exact(own).compareTo(new BigDecimal("0.5")) >= 0);
                    }
                });
    }

    @Test
    void started_hours_never_cost_less_than_the_time_and_never_an_hour_more_for_each_stretch() {
        forEachSeed(
                seed -> {
                    var slices = machines(seed);
                    var hours = units(rate(slices, Terms.of(FLAT, Granularity.HOUR).prices()));
                    var time = units(rate(slices, Terms.of(FLAT, Granularity.SECOND).prices()));
                    assertTrue(hours.compareTo(time.subtract(new BigDecimal("3"))) >= 0);
                    long stretches =
                            slices.stream()
                                    .map(s -> s.status().since().present())
                                    .distinct()
                                    .count();
                    assertTrue(hours.subtract(time).compareTo(new BigDecimal(stretches + 3)) <= 0);
                });
    }

    @Test
    void a_stretch_over_two_months_costs_as_many_started_hours_as_in_one() {
        forEachSeed(
                seed -> {
                    int seconds = 1 + new Random(seed).nextInt(MONTH_SECONDS);
                    var begin = MONTH.to().minusSeconds(new Random(-seed).nextInt(MONTH_SECONDS));
                    var life = stretch(begin, begin.plusSeconds(seconds));
                    var next = new Month(MONTH.to(), Instant.parse("2026-03-04T00:00:00Z"));
                    var prices = Terms.of(FLAT, Granularity.HOUR).prices();
                    var both = new ArrayList<>(rate(slices("machine/m", life), prices));
                    var later = Meter.slices("machine/m", life, "acme", next.from(), next.to());
                    both.addAll(Rating.rate(later, prices, next, RoundingMode.HALF_UP));
                    assertEquals(
                            0, new BigDecimal(Math.ceilDiv(seconds, 3_600)).compareTo(units(both)));
                });
    }

    private static List<Segment> stretch(Instant from, Instant to) {
        var running = new Change(Phase.RUNNING, "acme", 1L, "small", "web", Map.of());
        return Timeline.of(
                List.of(
                        new Fact(new UUID(0, 1), from, 1, running),
                        new Fact(new UUID(0, 2), to, 2, Change.to(Phase.ABSENT))));
    }
}
