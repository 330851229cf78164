package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Minimums;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.billing.price.Rating;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Scheme.Tier;
import io.quartermaster.billing.usage.Change;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.billing.usage.Timeline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Schemes, quotas and the choice of a price, on cases that can be counted by hand. */
class SchemesTest {

    private static final Month MONTH =
            new Month(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));
    private static final Tier LAST = new Tier(null, new BigDecimal("0.01"));
    static final List<Tier> TIERS =
            List.of(
                    new Tier(new BigDecimal("100"), new BigDecimal("0.05")),
                    new Tier(new BigDecimal("500"), new BigDecimal("0.03")),
                    LAST);

    private static Scheme flat() {
        return new Scheme.Flat(new BigDecimal("0.0060"));
    }

    private static List<Line> rate(List<Slice> slices, Prices prices) {
        return Rating.rate(slices, prices, MONTH, RoundingMode.HALF_UP);
    }

    private static List<Slice> slices(String resource, Instant from, Instant to) {
        var running = new Change(Phase.RUNNING, "acme", 1L, "small", "web", Map.of());
        var life =
                Timeline.of(
                        List.of(
                                new Fact(new UUID(0, 1), from, 1, running),
                                new Fact(new UUID(0, 2), to, 2, Change.to(Phase.ABSENT))));
        return Meter.slices(resource, life, "acme", MONTH.from(), MONTH.to());
    }

    private static List<Slice> twoMachines() {
        return Stream.of("machine/a", "machine/b")
                .flatMap(machine -> slices(machine, MONTH.from(), MONTH.to()).stream())
                .toList();
    }

    @Test
    void graduated_tiers_have_no_steps_and_never_fall() {
        var scheme = new Scheme.Graduated(TIERS);
        var former = BigDecimal.ZERO;
        for (int tenths = 0; tenths <= 10_000; tenths++) {
            var units = new BigDecimal(tenths).movePointLeft(1);
            var cost = scheme.cost(units, units);
            var step = cost.subtract(former);
            assertTrue(step.signum() >= 0 && step.compareTo(new BigDecimal("0.005")) <= 0);
            former = cost;
        }
        assertEquals(0, new BigDecimal("22").compareTo(former));
    }

    @Test
    void volume_tiers_price_every_unit_by_the_whole_month() {
        var prices = Terms.of(new Scheme.Volume(TIERS), Granularity.SECOND).prices();
        var lines = rate(twoMachines(), prices);
        assertEquals(
                List.of("7.44", "7.44"),
                lines.stream().map(line -> String.valueOf(line.amount())).toList());
    }

    @Test
    void the_included_quota_is_used_up_by_what_came_first() {
        var flat = Terms.of(new Scheme.Flat(BigDecimal.ONE), Granularity.SECOND).prices();
        var price = flat.general().getFirst().price();
        var included =
                new Price(
                        price.meter(),
                        price.product(),
                        price.currency(),
                        price.from(),
                        price.unit(),
                        price.scheme(),
                        new BigDecimal("3"),
                        price.billed(),
                        price.granularity(),
                        0,
                        null,
                        null,
                        price.month());
        var begin = MONTH.from();
        var slices = new ArrayList<>(slices("machine/b", begin, begin.plusSeconds(7_200)));
        slices.addAll(slices("machine/a", begin.plusSeconds(60), begin.plusSeconds(7_260)));
        var lines =
                rate(slices, new Prices(List.of(), List.of(new Published("default", 1, included))));
        assertEquals(
                List.of("0.00", "1.00"),
                lines.stream().map(line -> String.valueOf(line.amount())).toList());
    }

    @Test
    void the_minimum_of_its_class_when_it_began_is_charged_for_a_machine() {
        var begin = MONTH.from().plusSeconds(86_400);
        var used = slices("machine/a", begin, begin.plusSeconds(600));
        var valid =
                new TreeMap<>(
                        Map.of(MONTH.from(), 1_800L, begin, 3_600L, begin.plusSeconds(1), 7_200L));
        var plain = Terms.of(flat(), Granularity.SECOND).prices();
        var prices = new Prices(plain.own(), plain.general(), new Minimums(Map.of("small", valid)));
        assertEquals(0, BigDecimal.ONE.compareTo(rate(used, prices).getFirst().units()));
        var other = new Prices(plain.own(), plain.general(), new Minimums(Map.of("big", valid)));
        assertEquals(1, BigDecimal.ONE.compareTo(rate(used, other).getFirst().units()));
    }

    @Test
    void what_has_no_price_is_shown_without_an_amount() {
        var lines = rate(twoMachines(), new Prices(List.of(), List.of()));
        assertEquals(2, lines.size());
        for (var line : lines) {
            assertEquals(Line.Kind.UNPRICED, line.kind());
            assertNull(line.amount());
        }
    }

    @Test
    void a_price_of_the_tenants_own_or_for_the_product_comes_first() {
        var general = Terms.of(flat(), Granularity.SECOND).from(Instant.EPOCH, 1);
        var own = new Published("acme", 4, general.price());
        var prices = new Prices(List.of(own), List.of(general));
        assertEquals(own, prices.at(MONTH.from(), Meter.MACHINE, "small").orElseThrow());
        var newer =
                Stream.of(general, Terms.of(flat(), Granularity.HOUR).from(MONTH.from(), 2))
                        .sorted(Comparator.comparing(Published::version).reversed())
                        .toList();
        assertEquals(
                2,
                new Prices(List.of(), newer)
                        .at(MONTH.from(), Meter.MACHINE, "small")
                        .orElseThrow()
                        .version());
    }
}
