package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Scheme.Tier;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.billing.usage.Meter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Terms and prices of every kind, at random. */
final class RandomTerms {
    static final List<String> ZONES =
            List.of(
                    "UTC",
                    "Europe/Berlin",
                    "Asia/Kolkata",
                    "America/St_Johns",
                    "Pacific/Kiritimati");
    private static final List<RoundingMode> ROUNDINGS =
            List.of(RoundingMode.HALF_UP, RoundingMode.DOWN, RoundingMode.UP);

    private final Random random;

    RandomTerms(Random random) {
        this.random = random;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private BigDecimal number(int most, int scale) {
        return BigDecimal.valueOf(1 + random.nextInt(most), scale);
    }

    static Instant quarter(Instant at) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 900L) * 900L);
    }

    String currency() {
        return random.nextInt(12) == 0 ? "USD" : "EUR";
    }

    Terms terms(String currency) {
        var until = Instant.parse("2026-03-01T00:00:00Z");
        var discounts =
                Stream.of(
                                new Terms.Discount(number(30, 0), null),
                                new Terms.Discount(number(200, 1), until))
                        .filter(each -> random.nextInt(3) == 0)
                        .toList();
        return new Terms(
                Terms.DEFAULT_ISSUER,
                currency,
                any(ZONES),
                random.nextInt(3) == 0 ? LocalDate.parse("2026-02-01") : null,
                random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal("19"),
                any(ROUNDINGS),
                discounts,
                null);
    }

    /** One for each meter. */
    List<Price> prices(Instant from) {
        return List.of(storage(null, from), machine(null, from), calls(null, from));
    }

    Price price(Instant from) {
        return switch (random.nextInt(3)) {
            case 0 -> storage(random.nextBoolean() ? null : "ssd", from);
            case 1 -> machine(random.nextBoolean() ? null : "small", from);
            default -> calls(random.nextBoolean() ? null : "read", from);
        };
    }

    private Price storage(@Nullable String product, Instant from) {
        var month = random.nextBoolean() ? MonthBasis.CALENDAR : MonthBasis.HOURS_730;
        var unit = any(List.of("GiB-month", "GB-hour", "GiB-day"));
        return price(Meter.STORAGE, product, from, unit, Granularity.SECOND, month);
    }

    private Price machine(@Nullable String product, Instant from) {
        var granularity = any(List.of(Granularity.values()));
        var unit = any(List.of("hour", "minute", "month"));
        return price(Meter.MACHINE, product, from, unit, granularity, MonthBasis.CALENDAR);
    }

    private Price calls(@Nullable String product, Instant from) {
        return price("calls", product, from, "count", Granularity.SECOND, MonthBasis.CALENDAR);
    }

    private Price price(
            String meter,
            @Nullable String product,
            Instant from,
            String unit,
            Granularity granularity,
            MonthBasis month) {
        return new Price(
                meter,
                product,
                "EUR",
                from,
                Unit.parse(unit),
                scheme(),
                random.nextInt(3) == 0 ? number(40, 0) : BigDecimal.ZERO,
                any(List.of(BilledWhile.values())),
                granularity,
                random.nextInt(3) == 0 ? random.nextInt(10_000) : 0,
                random.nextInt(4) == 0 ? number(2_000, 2) : null,
                random.nextInt(4) == 0 ? number(100, 2) : null,
                month);
    }

    Scheme scheme() {
        return switch (random.nextInt(4)) {
            case 0 -> new Scheme.Graduated(tiers());
            case 1 -> new Scheme.Volume(tiers());
            default -> new Scheme.Flat(number(500, 4));
        };
    }

    List<Tier> tiers() {
        var first = number(50, 0);
        return List.of(
                new Tier(first, number(900, 4)),
                new Tier(first.add(number(500, 1)), number(500, 4)),
                new Tier(null, number(200, 4)));
    }
}
