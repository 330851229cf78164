package io.quartermaster.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.billing.price.Rating;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.billing.usage.Change;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.billing.usage.Timeline;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The worked vectors, to the cent. */
class VectorsTest {

    private static final long GIB = 1L << 30;
    private static final Month JANUARY = month(2026, 1, ZoneOffset.UTC);

    private static Month month(int year, int month, ZoneId zone) {
        var of = YearMonth.of(year, month);
        return new Month(
                of.atDay(1).atStartOfDay(zone).toInstant(),
                of.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
    }

    private static Fact fact(int version, String at, Change change) {
        return new Fact(new UUID(0, version), Instant.parse(at), version, change);
    }

    private static Change volume(long gib) {
        return new Change(Phase.RUNNING, "acme", gib * GIB, "ssd", "", Map.of());
    }

    /** 100 GiB, then 150 GiB, then gone. */
    private static List<Slice> volume() {
        var facts =
                List.of(
                        fact(1, "2026-01-10T00:00:00Z", volume(100)),
                        fact(2, "2026-01-20T12:00:00Z", Change.size(150 * GIB)),
                        fact(3, "2026-01-25T06:00:00Z", Change.to(Phase.ABSENT)));
        return Meter.slices("volume/v", Timeline.of(facts), "acme", JANUARY.from(), JANUARY.to());
    }

    private static Price storage(String price, String from, MonthBasis month) {
        return new Price(
                Meter.STORAGE,
                null,
                "EUR",
                Instant.parse(from),
                Unit.parse("GiB-month"),
                new Scheme.Flat(new BigDecimal(price)),
                BigDecimal.ZERO,
                BilledWhile.PRESENT,
                Granularity.SECOND,
                0,
                null,
                null,
                month);
    }

    private static Prices prices(Price... prices) {
        var published =
                Stream.iterate(0, i -> i + 1)
                        .limit(prices.length)
                        .map(i -> new Published(Prices.DEFAULT, i + 1, prices[i]))
                        .toList();
        return new Prices(List.of(), published);
    }

    private static List<Line> rate(List<Slice> slices, Prices prices, Month month) {
        return Rating.rate(slices, prices, month, RoundingMode.HALF_UP);
    }

    private static String total(List<Line> lines) {
        return sum(lines.stream().map(Line::amount)).toPlainString();
    }

    private static BigDecimal sum(Stream<@Nullable BigDecimal> numbers) {
        return numbers.reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void v1_a_volume_that_grows_and_is_deleted() {
        var quantity =
                volume().stream().map(Slice::quantity).reduce(BigInteger.ZERO, BigInteger::add);
        assertEquals(BigInteger.valueOf(152_280_000).multiply(BigInteger.valueOf(GIB)), quantity);

        var calendar =
                rate(
                        volume(),
                        prices(storage("0.05", "2020-01-01T00:00:00Z", MonthBasis.CALENDAR)),
                        JANUARY);
        assertEquals("2.84", total(calendar));
        assertEquals(
                new BigDecimal("56.854838709677"),
                sum(calendar.stream().map(Line::units)).setScale(12, RoundingMode.DOWN));

        var basis730 =
                rate(
                        volume(),
                        prices(storage("0.05", "2020-01-01T00:00:00Z", MonthBasis.HOURS_730)),
                        JANUARY);
        assertEquals("2.90", total(basis730));
        assertEquals(
                new BigDecimal("57.945205479"),
                sum(basis730.stream().map(Line::units)).setScale(9, RoundingMode.DOWN));
    }

    @Test
    void v2_the_price_changes_in_the_middle() {
        var lines =
                rate(
                        volume(),
                        prices(
                                storage("0.05", "2020-01-01T00:00:00Z", MonthBasis.CALENDAR),
                                storage("0.06", "2026-01-15T00:00:00Z", MonthBasis.CALENDAR)),
                        JANUARY);
        assertEquals(
                List.of("0.81", "1.06", "1.38"),
                lines.stream().map(Line::amount).map(String::valueOf).toList());
        assertEquals(List.of(1, 2, 2), lines.stream().map(Line::version).toList());
        assertEquals("3.25", total(lines));
    }

    @Test
    void v3_a_machine_by_the_started_hour_with_a_cap() {
        assertEquals("0.0060", exact(1));
        assertEquals("3.0000", exact(500));
        assertEquals("3.7900", exact(672));
        assertEquals("3.7900", exact(744));
    }

    private static String exact(int hours) {
        var end = JANUARY.from().plusSeconds(hours * 3_600L);
        var facts =
                List.of(
                        fact(
                                1,
                                "2026-01-01T00:00:00Z",
                                new Change(Phase.RUNNING, "acme", 1L, "small", "", Map.of())),
                        fact(2, end.toString(), Change.to(Phase.ENDING)));
        var price =
                new Price(
                        Meter.MACHINE,
                        "small",
                        "EUR",
                        Instant.EPOCH,
                        Unit.parse("hour"),
                        new Scheme.Flat(new BigDecimal("0.0060")),
                        BigDecimal.ZERO,
                        BilledWhile.PRESENT,
                        Granularity.HOUR,
                        0,
                        new BigDecimal("3.79"),
                        null,
                        MonthBasis.CALENDAR);
        var slices =
                Meter.slices("machine/m", Timeline.of(facts), "acme", JANUARY.from(), JANUARY.to());
        var lines = rate(slices, prices(price), JANUARY);
        return sum(lines.stream().map(Line::exact)).setScale(4).toPlainString();
    }

    @Test
    void v4_a_volume_alive_all_month_is_its_size_in_any_month() {
        assertWholeMonth(month(2026, 2, ZoneId.of("Europe/Berlin")), 672);
        assertWholeMonth(month(2026, 3, ZoneId.of("Europe/Berlin")), 743);
        assertWholeMonth(month(2026, 10, ZoneId.of("Europe/Berlin")), 745);
        assertWholeMonth(month(2028, 2, ZoneOffset.UTC), 696);
    }

    private static void assertWholeMonth(Month month, long hours) {
        var facts = List.of(fact(1, "2025-01-01T00:00:00Z", volume(100)));
        var slices = Meter.slices("volume/v", Timeline.of(facts), "acme", month.from(), month.to());
        assertEquals(hours * 3_600, slices.getFirst().seconds());
        var lines =
                rate(
                        slices,
                        prices(storage("1", "2020-01-01T00:00:00Z", MonthBasis.CALENDAR)),
                        month);
        assertEquals(0, new BigDecimal(100).compareTo(lines.getFirst().units()));
        assertEquals("100.00", total(lines));
    }
}
