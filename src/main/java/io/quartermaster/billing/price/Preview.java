package io.quartermaster.billing.price;

import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Phase;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.billing.usage.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a fleet costs, at the prices of now.
 *
 * @param before absent when there is no fleet yet
 * @param difference a month, absent where one side has no price or another currency
 * @param added machines that come: those of a new class all do
 * @param leastForAdded what they cost at least, even when they are taken back at once; absent
 *     without a price
 * @param removed machines that go
 * @param unusedOfRemoved of their minimum paid time, what is paid for and not used any more when
 *     the youngest go now; absent without a price
 */
public record Preview(
        @Nullable Side before,
        Side after,
        @Nullable BigDecimal difference,
        int added,
        @Nullable BigDecimal leastForAdded,
        int removed,
        @Nullable BigDecimal unusedOfRemoved) {

    /**
     * So many machines of a class.
     *
     * @param minimumPaidSeconds of the class; the price may have a longer one
     */
    public record Fleet(String machineClass, int machines, long minimumPaidSeconds) {}

    /**
     * What a fleet costs.
     *
     * @param amount for a whole month, before discounts and tax; absent without a price, which is a
     *     thing to mend and not a zero
     * @param currency ISO 4217, absent without a price
     * @param price by which it was reckoned, absent without one
     * @param minimumSeconds the shortest time that is paid for each machine
     * @param minimum what a machine costs at least, absent without a price
     */
    public record Side(
            Fleet fleet,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable Published price,
            long minimumSeconds,
            @Nullable BigDecimal minimum) {}

    /**
     * When something is looked at.
     *
     * @param month that the cost is reckoned for
     */
    public record Moment(Instant now, Month month, RoundingMode rounding) {}

    /** What the preview takes for granted, in sentences. */
    public static List<String> assumptions(Month month) {
        return List.of(
                "every machine runs from %s to %s, a whole month, at the prices of now"
                        .formatted(month.from(), month.to()),
                "tiers, included quota and caps are used up by this deployment alone",
                "discounts, credits and tax are not counted",
                "of machines that go, the youngest go first");
    }

    /**
     * Reckons.
     *
     * @param before absent when there is no fleet yet
     * @param present how the machines are that are there
     */
    public static Preview of(
            @Nullable Fleet before,
            Fleet after,
            Prices prices,
            List<Status> present,
            Moment moment) {
        var now = before == null ? null : side(before, prices, moment);
        var then = side(after, prices, moment);
        int kept =
                before != null && before.machineClass().equals(after.machineClass())
                        ? Math.min(before.machines(), after.machines())
                        : 0;
        int added = after.machines() - kept;
        int removed = before == null ? 0 : before.machines() - kept;
        return new Preview(
                now,
                then,
                now == null ? null : difference(now, then),
                added,
                then.minimum() == null ? null : then.minimum().multiply(BigDecimal.valueOf(added)),
                removed,
                now == null ? BigDecimal.ZERO : unused(now, present, removed, moment));
    }

    private static @Nullable BigDecimal difference(Side before, Side after) {
        if (before.amount() == null || after.amount() == null) return null;
        if (!Objects.equals(before.currency(), after.currency())) return null;
        return after.amount().subtract(before.amount());
    }

    private static Side side(Fleet fleet, Prices prices, Moment moment) {
        var found = prices.at(moment.now(), Meter.MACHINE, fleet.machineClass());
        if (found.isEmpty())
            return new Side(fleet, null, null, null, fleet.minimumPaidSeconds(), null);
        var published = lasting(found.get(), fleet.minimumPaidSeconds());
        long least = published.price().billable(1, 0);
        var end = moment.month().to();
        return new Side(
                fleet,
                rate(published, fleet, fleet.machines(), end, moment),
                published.price().currency(),
                found.get(),
                least,
                rate(published, fleet, 1, moment.month().from().plusSeconds(1), moment));
    }

    /** The price as if it had always been valid, with the longer of both minimums. */
    private static Published lasting(Published published, long seconds) {
        var price = published.price();
        var lasting =
                new Price(
                        price.meter(),
                        price.product(),
                        price.currency(),
                        Instant.MIN,
                        price.unit(),
                        price.scheme(),
                        price.included(),
                        price.billed(),
                        price.granularity(),
                        Math.max(price.minimumSeconds(), seconds),
                        price.cap(),
                        price.minimum(),
                        price.month());
        return new Published(published.book(), published.version(), lasting);
    }

    /** What some machines cost that all begin with the month. */
    private static BigDecimal rate(
            Published price, Fleet fleet, int machines, Instant end, Moment moment) {
        var from = moment.month().from();
        var since = new Status.Since(from, from, from);
        var status = new Status(Phase.RUNNING, "", 1, fleet.machineClass(), "", Map.of(), since);
        var slices = new ArrayList<Slice>();
        for (int i = 0; i < machines; i++) {
            slices.add(new Slice("machine/" + i, Meter.MACHINE, status, from, end, 0, List.of()));
        }
        var prices = new Prices(List.of(), List.of(price));
        return Rating.rate(slices, prices, moment.month(), moment.rounding()).stream()
                .map(Line::amount)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static @Nullable BigDecimal unused(
            Side before, List<Status> present, int removed, Moment moment) {
        var minimum = before.minimum();
        if (minimum == null || before.price() == null) return null;
        var billed = before.price().price().billed();
        long unused =
                present.stream()
                        .map(billed::since)
                        .filter(Objects::nonNull)
                        .sorted(Comparator.reverseOrder())
                        .limit(removed)
                        .mapToLong(begin -> Duration.between(begin, moment.now()).toSeconds())
                        .map(age -> Math.max(0, before.minimumSeconds() - age))
                        .sum();
        return minimum.multiply(BigDecimal.valueOf(unused))
                .divide(
                        BigDecimal.valueOf(before.minimumSeconds()),
                        minimum.scale(),
                        moment.rounding());
    }
}
