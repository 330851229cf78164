package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Scheme.Tier;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a month comes to while it passes; a failing seed is named and replays. */
class AccrualTest {
    private static final int LOOKS = 6;

    private static List<Tier> tiers(Random random) {
        var tiers = new ArrayList<Tier>();
        var top = BigDecimal.ZERO;
        for (int i = 0; i < random.nextInt(5); i++) {
            top = top.add(BigDecimal.valueOf(1 + random.nextInt(2_000), 1));
            tiers.add(new Tier(top, price(random)));
        }
        tiers.add(new Tier(null, price(random)));
        return tiers;
    }

    private static BigDecimal price(Random random) {
        return BigDecimal.valueOf(random.nextInt(1_000), 4);
    }

    /** What was used of three machines up to an instant. */
    private static List<Slice> until(List<List<Segment>> lives, Instant until) {
        var slices = new ArrayList<Slice>();
        for (var life : lives) {
            var resource = "machine/m" + lives.indexOf(life);
            slices.addAll(Meter.slices(resource, life, "acme", RatingTest.MONTH.from(), until));
        }
        return slices;
    }

    private static <T extends Comparable<T>> void neverFalls(
            long seed, Function<List<Slice>, T> sum) {
        var random = new Random(seed);
        var lives = new ArrayList<List<Segment>>();
        for (int machine = 0; machine < 3; machine++) lives.add(RatingTest.life(random, machine));
        var looks =
                random.longs(LOOKS, 1, 744 * 3_600)
                        .sorted()
                        .mapToObj(RatingTest.MONTH.from()::plusSeconds);
        var sums = looks.map(look -> sum.apply(until(lives, look))).toList();
        for (int i = 1; i < LOOKS; i++) {
            assertTrue(sums.get(i - 1).compareTo(sums.get(i)) <= 0, sums.toString());
        }
    }

    private static BigDecimal cost(List<Slice> slices, Prices prices) {
        return RatingTest.exact(RatingTest.rate(slices, prices));
    }

    @Test
    void what_was_used_so_far_never_falls() {
        RatingTest.forEachSeed(
                seed ->
                        neverFalls(
                                seed,
                                slices ->
                                        slices.stream()
                                                .map(Slice::quantity)
                                                .reduce(BigInteger.ZERO, BigInteger::add)));
    }

    @Test
    void what_tiers_have_cost_so_far_never_falls() {
        RatingTest.forEachSeed(
                seed -> {
                    var granularity = Granularity.values()[(int) (seed % 3)];
                    var scheme = new Scheme.Graduated(tiers(new Random(seed)));
                    var prices = Terms.of(scheme, granularity).prices();
                    neverFalls(seed, slices -> cost(slices, prices));
                });
    }

    @Test
    void what_was_charged_so_far_never_falls_below_a_minimum_and_above_a_cap() {
        RatingTest.forEachSeed(
                seed -> {
                    var terms =
                            new Terms(
                                    RatingTest.FLAT,
                                    Granularity.values()[(int) (seed % 3)],
                                    seed % 10_000,
                                    BilledWhile.values()[(int) (seed % 2)],
                                    "2",
                                    "0.5");
                    neverFalls(seed, slices -> cost(slices, terms.prices()));
                });
    }

    @Test
    void tiers_have_no_steps_and_never_fall() {
        RatingTest.forEachSeed(
                seed -> {
                    var random = new Random(seed);
                    var tiers = tiers(random);
                    var scheme = new Scheme.Graduated(tiers);
                    for (var tier : tiers) {
                        var top = tier.upTo() == null ? price(random) : tier.upTo();
                        for (int i = -1; i <= 1; i++) {
                            var units = top.add(BigDecimal.valueOf(i, 3)).max(BigDecimal.ZERO);
                            var more = units.add(new BigDecimal("0.001"));
                            var step = scheme.cost(more, more).subtract(scheme.cost(units, units));
                            assertTrue(step.signum() >= 0);
                            assertTrue(step.compareTo(new BigDecimal("0.0001")) < 0);
                        }
                    }
                });
    }
}
