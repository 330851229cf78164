package io.quartermaster.view.usage;

import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Rating;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.view.usage.Group.Subject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What slices cost, summed up by what somebody wants to know. Whole months are rated, whatever part
 * of them is shown, since tiers, quotas and caps are used up by what came before.
 */
public final class CostReport {

    /**
     * A sum.
     *
     * @param currency ISO 4217; absent where there is no price
     * @param amount as text, rounded once; absent where there is no price, which is a thing to mend
     *     and not a zero
     */
    public record Item(
            Instant from,
            Instant to,
            Map<String, String> group,
            String meter,
            @Nullable String currency,
            @Nullable String amount) {}

    private record Key(
            Instant from, Instant to, List<String> values, String meter, String currency) {}

    private static final Comparator<Key> IN_ORDER =
            Comparator.comparing(Key::from)
                    .thenComparing(key -> String.join("\0", key.values()))
                    .thenComparing(Key::meter)
                    .thenComparing(Key::currency);

    private final Breakdown breakdown;
    private final Map<Key, BigDecimal> sums = new TreeMap<>(IN_ORDER);

    private CostReport(Breakdown breakdown) {
        this.breakdown = breakdown;
    }

    /**
     * The sums, ordered by time, group and meter.
     *
     * @param slices everything that was used in the {@link Breakdown#wholeMonths}
     * @param prices by tenant
     */
    public static List<Item> of(
            Collection<Slice> slices, Function<String, Prices> prices, Breakdown breakdown) {
        var report = new CostReport(breakdown);
        slices.stream()
                .collect(Collectors.groupingBy(slice -> slice.status().tenant()))
                .forEach((tenant, own) -> report.add(tenant, own, prices.apply(tenant)));
        return report.items();
    }

    private void add(String tenant, List<Slice> slices, Prices prices) {
        var months = breakdown.wholeMonths().byMonth();
        var byMonth =
                slices.stream()
                        .flatMap(slice -> UsageReport.cut(slice, months).stream())
                        .collect(Collectors.groupingBy(part -> months.begin(part.from())));
        byMonth.forEach(
                (begin, parts) -> {
                    var month = new Month(begin, months.end(begin));
                    var pieces = parts.stream().flatMap(part -> cut(part).stream()).toList();
                    Rating.rate(pieces, prices, month, RoundingMode.HALF_UP).stream()
                            .filter(this::isShown)
                            .forEach(line -> add(tenant, line));
                });
        Breakdown.checkSize(sums.size());
    }

    /** Cuts at everything that is shown, so that each line lies in one interval or in none. */
    private List<Slice> cut(Slice slice) {
        var parts = new ArrayList<Slice>();
        for (var from = slice.from(); from.isBefore(slice.to()); ) {
            var bound = bound(from);
            var to = bound.isBefore(slice.to()) ? bound : slice.to();
            parts.add(slice.part(from, to));
            from = to;
        }
        return parts;
    }

    private Instant bound(Instant at) {
        if (at.isBefore(breakdown.from())) return breakdown.from();
        return at.isBefore(breakdown.to()) ? breakdown.end(at) : Instant.MAX;
    }

    private boolean isShown(Line line) {
        return !line.from().isBefore(breakdown.from())
                && line.from().isBefore(breakdown.to())
                && breakdown.selection().takes(line.about());
    }

    private void add(String tenant, Line line) {
        var about = line.about();
        var subject = new Subject(tenant, about);
        var key =
                new Key(
                        breakdown.begin(line.from()),
                        breakdown.end(line.from()),
                        breakdown.values(subject),
                        about.meter(),
                        line.currency() == null ? "" : line.currency());
        var cost = line.exact() == null ? BigDecimal.ZERO : line.exact();
        sums.merge(key, cost, BigDecimal::add);
    }

    private List<Item> items() {
        var items = new ArrayList<Item>();
        sums.forEach((key, sum) -> items.add(item(key, sum)));
        return items;
    }

    private Item item(Key key, BigDecimal sum) {
        var group = breakdown.named(key.values());
        if (key.currency().isEmpty()) {
            return new Item(key.from(), key.to(), group, key.meter(), null, null);
        }
        int digits = Currency.getInstance(key.currency()).getDefaultFractionDigits();
        var amount = sum.setScale(digits, RoundingMode.HALF_UP).toPlainString();
        return new Item(key.from(), key.to(), group, key.meter(), key.currency(), amount);
    }
}
