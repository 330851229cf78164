package io.quartermaster.view.ledger;

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
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Months of any time zone are parts of one time; a failing seed is named and replays. */
class PeriodsTest {
    private static final YearMonth FIRST = YearMonth.of(2025, 10);
    private static final int MONTHS = 8;
    private static final Prices BY_THE_HOUR =
            new Prices(
                    List.of(),
                    List.of(
                            hourly(Meter.MACHINE, "hour", 1),
                            hourly(Meter.STORAGE, "GiB-hour", 2),
                            hourly("calls", "count", 3),
                            hourly("mails", "count", 4)));

    private static Published hourly(String meter, String unit, int version) {
        return new Published(
                Prices.DEFAULT,
                version,
                new Price(
                        meter,
                        null,
                        "EUR",
                        Instant.EPOCH,
                        Unit.parse(unit),
                        new Scheme.Flat(new BigDecimal("0.01")),
                        BigDecimal.ZERO,
                        BilledWhile.ALLOCATED,
                        Granularity.MINUTE,
                        0,
                        null,
                        null,
                        MonthBasis.CALENDAR));
    }

    private static List<Month> months(String zone) {
        var months = new ArrayList<Month>();
        for (var month = FIRST; months.size() < MONTHS; month = month.plusMonths(1)) {
            months.add(new Month(begin(month, zone), begin(month.plusMonths(1), zone)));
        }
        return months;
    }

    private static Instant begin(YearMonth month, String zone) {
        return month.atDay(1).atStartOfDay(ZoneId.of(zone)).toInstant();
    }

    /** Byte-seconds, seconds and counts by meter. */
    private static Map<String, BigInteger> quantities(Stream<Slice> slices) {
        var quantities = new TreeMap<String, BigInteger>();
        slices.forEach(slice -> quantities.merge(slice.meter(), slice.quantity(), BigInteger::add));
        return quantities;
    }

    private interface Check {
        void of(MemoryBooks books, String tenant);
    }

    private static void forEachTenant(Check check) {
        LedgerInvariantsTest.forEachSeed(
                seed -> {
                    var books = MemoryBooks.of(PaidHistory.steady(seed).facts());
                    for (var tenant : PaidHistory.TENANTS) check.of(books, tenant);
                });
    }

    @Test
    void what_is_used_in_the_months_of_any_zone_adds_up_to_all_that_is_used() {
        forEachTenant(
                (books, tenant) -> {
                    for (var zone : RandomTerms.ZONES) {
                        var months = months(zone);
                        var whole =
                                books.usage.slices(
                                        tenant, months.getFirst().from(), months.getLast().to());
                        var parts =
                                months.stream()
                                        .flatMap(
                                                m ->
                                                        books
                                                                .usage
                                                                .slices(tenant, m.from(), m.to())
                                                                .stream());
                        assertEquals(quantities(whole.stream()), quantities(parts));
                    }
                });
    }

    @Test
    void the_time_zone_changes_only_where_periods_begin_and_not_what_they_cost_together() {
        forEachTenant(
                (books, tenant) -> {
                    var elsewhere =
                            RandomTerms.ZONES.stream()
                                    .map(zone -> cost(books, tenant, months(zone)))
                                    .distinct()
                                    .toList();
                    assertEquals(1, elsewhere.size(), elsewhere.toString());
                });
    }

    /** Before rounding; everything that is known lies well within the months of any zone. */
    private static BigDecimal cost(MemoryBooks books, String tenant, List<Month> months) {
        var end = Instant.parse("2026-05-30T00:00:00Z");
        var cost = BigDecimal.ZERO;
        for (var month : months) {
            var to = month.to().isBefore(end) ? month.to() : end;
            var slices = books.usage.slices(tenant, month.from(), to);
            for (var line : Rating.rate(slices, BY_THE_HOUR, month, RoundingMode.HALF_UP)) {
                cost = cost.add(exact(line));
            }
        }
        return cost.setScale(12, RoundingMode.HALF_UP).stripTrailingZeros();
    }

    private static BigDecimal exact(Line line) {
        return Objects.requireNonNull(line.exact());
    }
}
