package io.quartermaster.billing.price;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The prices that concern one tenant. A price of its own comes before the general one, and one for
 * the product before one for all.
 *
 * @param own the tenant's
 * @param general those of everybody
 * @param minimums of machines, besides those of the prices: the longer one counts
 */
public record Prices(List<Published> own, List<Published> general, Minimums minimums) {

    /** The book whose prices are for everybody. */
    public static final String DEFAULT = "default";

    /** Prices alone. */
    public Prices(List<Published> own, List<Published> general) {
        this(own, general, Minimums.NONE);
    }

    /** Those in one currency. */
    public Prices in(String currency) {
        return new Prices(in(own, currency), in(general, currency), minimums);
    }

    private static List<Published> in(List<Published> book, String currency) {
        return book.stream().filter(each -> each.price().currency().equals(currency)).toList();
    }

    /** The price that is valid at an instant, if there is one. */
    public Optional<Published> at(Instant instant, String meter, String product) {
        return Stream.of(own, general)
                .flatMap(
                        book ->
                                Stream.of(
                                        valid(book, instant, meter, product),
                                        valid(book, instant, meter, null)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Published> valid(
            List<Published> book, Instant instant, String meter, @Nullable String product) {
        return book.stream()
                .filter(each -> each.price().meter().equals(meter))
                .filter(each -> Objects.equals(each.price().product(), product))
                .filter(each -> !each.price().from().isAfter(instant))
                .max(
                        Comparator.comparing((Published each) -> each.price().from())
                                .thenComparing(Published::version));
    }

    /** The instants strictly between the two at which the price of a product changes. */
    public List<Instant> changes(String meter, String product, Instant from, Instant to) {
        var changes = new ArrayList<Instant>();
        var former = at(from, meter, product);
        for (var start : starts(meter, from, to)) {
            var next = at(start, meter, product);
            if (!next.equals(former)) changes.add(start);
            former = next;
        }
        return changes;
    }

    private Collection<Instant> starts(String meter, Instant from, Instant to) {
        var starts = new TreeSet<Instant>();
        Stream.of(own, general)
                .flatMap(List::stream)
                .map(Published::price)
                .filter(price -> price.meter().equals(meter))
                .map(Price::from)
                .filter(start -> start.isAfter(from) && start.isBefore(to))
                .forEach(starts::add);
        return starts;
    }
}
