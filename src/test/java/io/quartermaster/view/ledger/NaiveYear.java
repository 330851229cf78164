package io.quartermaster.view.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;

/**
 * What a year of samples comes to, by plain loops that share nothing with the program: one price
 * for a GiB-month, one for a started hour, each line rounded to the cent.
 */
final class NaiveYear {
    private static final BigDecimal GIB_MONTH = new BigDecimal("0.05");
    private static final BigDecimal HOUR = new BigDecimal("0.012");

    /** By tenant, meter and month, {@code acme storage 2026-01}. */
    final TreeMap<String, Sum> sums = new TreeMap<>();

    private final RandomYear year;

    /**
     * @param quantity byte-seconds of storage, started hours of machines
     */
    record Sum(BigInteger quantity, BigDecimal cost) {
        Sum plus(Sum other) {
            return new Sum(quantity.add(other.quantity), cost.add(other.cost));
        }
    }

    NaiveYear(RandomYear year) {
        this.year = year;
        year.volumes.values().forEach(this::volume);
        year.machines.values().forEach(this::machine);
    }

    private ZoneId zone(RandomYear.Sample sample) {
        return year.zones.getOrDefault(sample.tenant(), ZoneId.of("UTC"));
    }

    private static Instant begin(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    private static YearMonth month(Instant at, ZoneId zone) {
        return YearMonth.from(at.atZone(zone));
    }

    private void add(String tenant, String meter, YearMonth month, Sum sum) {
        sums.merge(tenant + " " + meter + " " + month, sum, Sum::plus);
    }

    /** Until when a sample holds: the next one, or the end of all that is closed. */
    private Instant end(List<RandomYear.Sample> life, int i) {
        return i + 1 < life.size()
                ? life.get(i + 1).at()
                : begin(RandomYear.FIRST.plusMonths(RandomYear.MONTHS), zone(life.get(i)));
    }

    private void volume(List<RandomYear.Sample> life) {
        for (int i = 0; i < life.size(); i++) {
            var sample = life.get(i);
            if (sample.size() == 0) continue;
            var zone = zone(sample);
            var end = end(life, i);
            for (var at = sample.at(); at.isBefore(end); ) {
                var month = month(at, zone);
                var next = begin(month.plusMonths(1), zone);
                var to = next.isBefore(end) ? next : end;
                add(sample.tenant(), "storage", month, storage(sample.size(), at, to, zone));
                at = to;
            }
        }
    }

    private static Sum storage(long size, Instant from, Instant to, ZoneId zone) {
        var month = month(from, zone);
        long seconds = to.getEpochSecond() - from.getEpochSecond();
        long whole =
                begin(month.plusMonths(1), zone).getEpochSecond()
                        - begin(month, zone).getEpochSecond();
        var quantity = BigInteger.valueOf(size).multiply(BigInteger.valueOf(seconds));
        var gibMonth = BigInteger.ONE.shiftLeft(30).multiply(BigInteger.valueOf(whole));
        var cost =
                new BigDecimal(quantity)
                        .multiply(GIB_MONTH)
                        .divide(new BigDecimal(gibMonth), 2, RoundingMode.HALF_UP);
        return new Sum(quantity, cost);
    }

    /** Hour by hour: each belongs to the month in which it was started. */
    private void machine(List<RandomYear.Sample> life) {
        var ready = life.getFirst();
        var hours = new TreeMap<YearMonth, Integer>();
        var end = end(life, 0);
        for (var at = ready.at(); at.isBefore(end); at = at.plusSeconds(3_600)) {
            hours.merge(month(at, zone(ready)), 1, Integer::sum);
        }
        hours.forEach(
                (month, count) -> {
                    var cost = HOUR.multiply(BigDecimal.valueOf(count));
                    var rounded = cost.setScale(2, RoundingMode.HALF_UP);
                    add(
                            ready.tenant(),
                            "machine",
                            month,
                            new Sum(BigInteger.valueOf(count), rounded));
                });
    }
}
