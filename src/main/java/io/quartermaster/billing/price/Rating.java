package io.quartermaster.billing.price;

import io.quartermaster.billing.price.Line.About;
import io.quartermaster.billing.price.Line.Explanation;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Slice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns the slices of one tenant's month into lines: cut where prices change, summed up in the
 * order of time so that tiers, quotas and caps are used up by what came first, rounded once.
 */
public final class Rating {

    private static final MathContext PRECISE = MathContext.DECIMAL128;

    /** Counts of one resource may begin together, and differ in what they are counts of. */
    private static final Comparator<Piece> IN_ORDER =
            Comparator.comparing((Piece piece) -> piece.slice().from())
                    .thenComparing(piece -> piece.slice().resource())
                    .thenComparing(piece -> piece.slice().meter())
                    .thenComparing(piece -> piece.slice().status().product())
                    .thenComparing(piece -> piece.slice().status().group())
                    .thenComparing(piece -> new TreeMap<>(piece.slice().status().labels()) + "");

    private final Prices prices;
    private final Month month;
    private final RoundingMode rounding;

    /** Units of all that shares a price, so far and in the whole month. */
    private final Map<Object, BigDecimal> soFar = new HashMap<>();

    private final Map<Object, BigDecimal> all = new HashMap<>();

    /** What a resource has cost so far in this month. */
    private final Map<Object, BigDecimal> charged = new HashMap<>();

    /** A calendar month of the tenant, as instants. */
    public record Month(Instant from, Instant to) {
        long seconds() {
            return Duration.between(from, to).toSeconds();
        }
    }

    private record Piece(Slice slice, Optional<Published> price, BigDecimal units) {}

    private Rating(Prices prices, Month month, RoundingMode rounding) {
        this.prices = prices;
        this.month = month;
        this.rounding = rounding;
    }

    /**
     * Rates what was used within a month.
     *
     * @param slices of one tenant, all of them within the month
     * @param rounding of each line, to the currency's smallest unit
     */
    public static List<Line> rate(
            Collection<Slice> slices, Prices prices, Month month, RoundingMode rounding) {
        return new Rating(prices, month, rounding).lines(slices);
    }

    private List<Line> lines(Collection<Slice> slices) {
        var pieces = slices.stream().flatMap(s -> cut(s).stream()).sorted(IN_ORDER).toList();
        for (var piece : pieces) {
            piece.price()
                    .ifPresent(price -> all.merge(scale(price), piece.units(), BigDecimal::add));
        }
        var lasts = lasts(pieces);
        var lines = new ArrayList<Line>();
        for (int i = 0; i < pieces.size(); i++) {
            var piece = pieces.get(i);
            if (piece.price().isEmpty()) lines.add(unpriced(piece.slice()));
            else if (piece.units().signum() > 0) {
                boolean isLast = lasts.getOrDefault(resource(piece), -1) == i;
                lines.add(line(piece, piece.price().get(), isLast));
            }
        }
        return lines;
    }

    /** The places of each resource's last pieces that cost something. */
    private static Map<Object, Integer> lasts(List<Piece> pieces) {
        var lasts = new HashMap<Object, Integer>();
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).units().signum() > 0) lasts.put(resource(pieces.get(i)), i);
        }
        return lasts;
    }

    private static Object resource(Piece piece) {
        return List.of(piece.slice().resource(), piece.slice().meter());
    }

    private static Object scale(Published price) {
        return List.of(
                price.book(), price.price().meter(), Optional.ofNullable(price.price().product()));
    }

    private List<Piece> cut(Slice slice) {
        var pieces = new ArrayList<Piece>();
        var from = slice.from();
        var product = slice.status().product();
        for (var change : prices.changes(slice.meter(), product, slice.from(), slice.to())) {
            pieces.add(piece(slice, from, change));
            from = change;
        }
        pieces.add(piece(slice, from, slice.to()));
        return pieces;
    }

    private Piece piece(Slice slice, Instant from, Instant to) {
        var part = slice.part(from, to);
        var price = prices.at(from, slice.meter(), slice.status().product());
        var units = price.map(p -> units(part, p.price())).orElse(BigDecimal.ZERO);
        return new Piece(part, price, units);
    }

    private BigDecimal units(Slice part, Price price) {
        return new BigDecimal(part.status().size())
                .multiply(new BigDecimal(billable(part, price)))
                .divide(unitQuantity(price), PRECISE);
    }

    /** Seconds that are paid for, or what was counted. */
    private long billable(Slice part, Price price) {
        if (Meter.isCount(part.meter())) return part.count();
        var since = price.billed().since(part.status());
        if (since == null) return 0;
        // Started hours run from the beginning of the stretch, across months and prices.
        long least = prices.minimums().of(part.status().product(), since);
        return price.billable(Duration.between(since, part.to()).toSeconds(), least)
                - price.billable(Duration.between(since, part.from()).toSeconds(), least);
    }

    private BigDecimal unitQuantity(Price price) {
        return price.unit()
                .quantity(
                        switch (price.month()) {
                            case CALENDAR -> month.seconds();
                            case HOURS_730 -> 730L * 3_600;
                        });
    }

    private Line unpriced(Slice slice) {
        var why =
                "no price for "
                        + slice.meter()
                        + " of "
                        + slice.status().product()
                        + " is valid at "
                        + slice.from();
        return new Line(
                Kind.UNPRICED,
                About.of(slice),
                slice.from(),
                slice.to(),
                new BigDecimal(slice.quantity()),
                Meter.unit(slice.meter()),
                null,
                null,
                null,
                null,
                0,
                new Explanation(slice.events(), List.of(why)));
    }

    private Line line(Piece piece, Published published, boolean isLast) {
        var price = published.price();
        var slice = piece.slice();
        var steps = new ArrayList<String>();
        var cost = cost(piece, published, steps);
        cost = limited(cost, price, resource(piece), isLast, steps);
        var amount = cost.setScale(digits(price.currency()), rounding);
        steps.add("rounded " + rounding + " to " + amount.toPlainString() + " " + price.currency());
        return new Line(
                Kind.USAGE,
                About.of(slice),
                slice.from(),
                slice.to(),
                piece.units(),
                price.unit().text(),
                cost,
                amount,
                price.currency(),
                published.book(),
                published.version(),
                new Explanation(slice.events(), steps));
    }

    private BigDecimal cost(Piece piece, Published published, List<String> steps) {
        var price = published.price();
        var slice = piece.slice();
        steps.add(
                quantity(piece, price) + " = " + plain(piece.units()) + " " + price.unit().text());
        var before = soFar.getOrDefault(scale(published), BigDecimal.ZERO);
        var after = before.add(piece.units());
        soFar.put(scale(published), after);
        var total = paid(all.getOrDefault(scale(published), after), price);
        var cost =
                price.scheme()
                        .cost(paid(after, price), total)
                        .subtract(price.scheme().cost(paid(before, price), total));
        steps.add(
                "price %d of book %s, valid from %s: units %s to %s of the month cost %s"
                        .formatted(
                                published.version(),
                                published.book(),
                                price.from(),
                                plain(before),
                                plain(after),
                                plain(cost)));
        return cost;
    }

    private String quantity(Piece piece, Price price) {
        var slice = piece.slice();
        if (Meter.isCount(slice.meter())) return slice.count() + " counted";
        long billable = billable(slice, price);
        return "size %d for %d s of %d s"
                .formatted(slice.status().size(), billable, slice.seconds());
    }

    private static BigDecimal paid(BigDecimal units, Price price) {
        return units.subtract(price.included()).max(BigDecimal.ZERO);
    }

    private BigDecimal limited(
            BigDecimal cost, Price price, Object resource, boolean isLast, List<String> steps) {
        var before = charged.getOrDefault(resource, BigDecimal.ZERO);
        var limited = cost;
        if (price.cap() != null && before.add(cost).compareTo(price.cap()) > 0) {
            limited = price.cap().subtract(before).max(BigDecimal.ZERO);
            steps.add("no more than " + plain(price.cap()) + " a month: " + plain(limited));
        }
        if (isLast
                && price.minimum() != null
                && before.add(limited).compareTo(price.minimum()) < 0) {
            limited = price.minimum().subtract(before);
            steps.add("no less than " + plain(price.minimum()) + " a month: " + plain(limited));
        }
        charged.put(resource, before.add(limited));
        return limited;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static int digits(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }
}
