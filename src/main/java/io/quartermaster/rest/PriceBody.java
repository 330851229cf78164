package io.quartermaster.rest;

import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.Published;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Scheme.Tier;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.rest.request.Bodies;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A price as it is sent and shown. Numbers that money is made of are texts: {@code "0.05"}.
 *
 * @param book a tenant's name, or {@code default} for everybody
 * @param price of a unit; instead of tiers
 * @param tiers each up to a number of units, the last one without; instead of a price
 * @param scheme of the tiers: {@code graduated} or {@code volume}
 * @param version the price's number in its book; only shown
 */
record PriceBody(
        @Nullable String book,
        @Nullable Integer version,
        @Nullable String meter,
        @Nullable String product,
        @Nullable String currency,
        @Nullable String from,
        @Nullable String unit,
        @Nullable String price,
        @Nullable List<TierBody> tiers,
        @Nullable String scheme,
        @Nullable String included,
        @Nullable String billed,
        @Nullable String granularity,
        @Nullable Long minimumSeconds,
        @Nullable String cap,
        @Nullable String minimum,
        @Nullable String month) {

    private static final int DIGITS = 18;
    private static final int MOST_TIERS = 100;
    private static final long YEAR = 366L * 86_400;

    /** A part of the scale. */
    record TierBody(@Nullable String upTo, @Nullable String price) {}

    static PriceBody of(Published published) {
        var price = published.price();
        var scheme = price.scheme();
        return new PriceBody(
                published.book(),
                published.version(),
                price.meter(),
                price.product(),
                price.currency(),
                price.from().toString(),
                price.unit().text(),
                scheme instanceof Scheme.Flat flat ? plain(flat.price()) : null,
                switch (scheme) {
                    case Scheme.Flat ignored -> null;
                    case Scheme.Graduated graduated -> shown(graduated.tiers());
                    case Scheme.Volume volume -> shown(volume.tiers());
                },
                switch (scheme) {
                    case Scheme.Flat ignored -> null;
                    case Scheme.Graduated ignored -> "graduated";
                    case Scheme.Volume ignored -> "volume";
                },
                plain(price.included()),
                word(price.billed()),
                word(price.granularity()),
                price.minimumSeconds(),
                plain(price.cap()),
                plain(price.minimum()),
                word(price.month()));
    }

    private static List<TierBody> shown(List<Tier> tiers) {
        return tiers.stream()
                .map(tier -> new TierBody(plain(tier.upTo()), plain(tier.price())))
                .toList();
    }

    private static @Nullable String plain(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The price that is meant; refused with the place of what is wrong. */
    Price read() {
        if (version != null) {
            throw Bodies.invalid("/version", "read-only", "the book counts its prices itself");
        }
        var metered = Objects.requireNonNullElse(meter, "");
        Names.check("/meter", meter);
        if (product != null) Names.check("/product", product);
        return new Price(
                metered,
                product,
                readCurrency(),
                readFrom(metered),
                readUnit(metered),
                readScheme(),
                decimal("/included", included, "0"),
                choice("/billed", billed, BilledWhile.values(), BilledWhile.PRESENT),
                choice("/granularity", granularity, Granularity.values(), Granularity.SECOND),
                readMinimumSeconds(),
                cap == null ? null : decimal("/cap", cap, "0"),
                minimum == null ? null : decimal("/minimum", minimum, "0"),
                choice("/month", month, MonthBasis.values(), MonthBasis.CALENDAR));
    }

    private String readCurrency() {
        try {
            var known = Currency.getInstance(Objects.requireNonNullElse(currency, ""));
            if (known.getDefaultFractionDigits() >= 0) return known.getCurrencyCode();
        } catch (IllegalArgumentException e) {
            // Told below, as for those that are no money.
        }
        throw Bodies.invalid("/currency", "unknown-value", "it takes an ISO 4217 code as in EUR");
    }

    private Instant readFrom(String metered) {
        try {
            var read = Instant.parse(Objects.requireNonNullElse(from, ""));
            if (!Meter.isCount(metered) || read.equals(Meter.quarter(read))) return read;
            throw Bodies.invalid(
                    "/from",
                    "out-of-range",
                    "prices of counts change at a full quarter of an hour");
        } catch (DateTimeException e) {
            throw Bodies.invalid(
                    "/from", "bad-format", "it takes a time as in 2026-11-01T00:00:00Z");
        }
    }

    private Unit readUnit(String metered) {
        try {
            var read = Unit.parse(Objects.requireNonNullElse(unit, ""));
            if (read.fits(metered)) return read;
            var right =
                    switch (metered) {
                        case Meter.STORAGE -> "GiB-month";
                        case Meter.MACHINE -> "hour";
                        default -> "count";
                    };
            throw Bodies.invalid(
                    "/unit", "unknown-value", "it does not fit " + metered + "; such as " + right);
        } catch (IllegalArgumentException e) {
            throw Bodies.invalid("/unit", "unknown-value", String.valueOf(e.getMessage()));
        }
    }

    private Scheme readScheme() {
        if ((price == null) == (tiers == null)) {
            throw Bodies.invalid("", "not-exactly-one", "give either a price or tiers");
        }
        if (tiers == null) return new Scheme.Flat(decimal("/price", price, ""));
        var read = readTiers(tiers);
        return switch (Objects.requireNonNullElse(scheme, "graduated")) {
            case "graduated" -> new Scheme.Graduated(read);
            case "volume" -> new Scheme.Volume(read);
            default ->
                    throw Bodies.invalid(
                            "/scheme", "unknown-value", "it takes graduated or volume");
        };
    }

    private static List<Tier> readTiers(List<TierBody> bodies) {
        if (bodies.isEmpty() || bodies.size() > MOST_TIERS) {
            throw Bodies.invalid(
                    "/tiers", "out-of-range", "it takes 1 to " + MOST_TIERS + " tiers");
        }
        var tiers = new ArrayList<Tier>();
        var below = BigDecimal.ZERO;
        for (int i = 0; i < bodies.size(); i++) {
            var at = "/tiers/" + i;
            var body = bodies.get(i);
            boolean isLast = i == bodies.size() - 1;
            if (isLast != (body.upTo() == null)) {
                throw Bodies.invalid(
                        at + "/upTo", "bad-format", "every tier but the last one has an end");
            }
            var top = isLast ? null : decimal(at + "/upTo", body.upTo(), "");
            if (top != null && top.compareTo(below) <= 0) {
                throw Bodies.invalid(at + "/upTo", "out-of-range", "tiers go upwards");
            }
            if (top != null) below = top;
            tiers.add(new Tier(top, decimal(at + "/price", body.price(), "")));
        }
        return tiers;
    }

    private long readMinimumSeconds() {
        long seconds = minimumSeconds == null ? 0 : minimumSeconds;
        if (seconds >= 0 && seconds <= YEAR) return seconds;
        throw Bodies.invalid("/minimumSeconds", "out-of-range", "it takes 0 to " + YEAR);
    }

    private static BigDecimal decimal(String pointer, @Nullable String text, String absent) {
        var given = text == null ? absent : text;
        if (given.matches("(0|[1-9][0-9]{0,%d})(\\.[0-9]{1,%d})?".formatted(DIGITS - 1, DIGITS))) {
            return new BigDecimal(given);
        }
        throw Bodies.invalid(
                pointer,
                text == null ? "missing-field" : "bad-format",
                "it takes a number that is not negative, as a text: \"0.05\"");
    }

    private static <E extends Enum<E>> E choice(
            String pointer, @Nullable String word, E[] choices, E absent) {
        if (word == null) return absent;
        return Arrays.stream(choices)
                .filter(choice -> word(choice).equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                Bodies.invalid(
                                        pointer,
                                        "unknown-value",
                                        "it takes one of "
                                                + Arrays.toString(choices)
                                                        .toLowerCase(Locale.ROOT)));
    }
}
