package io.quartermaster.billing.account;

import io.quartermaster.billing.price.Rating.Month;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On which terms a tenant pays.
 *
 * @param issuer who sends the invoices; each issuer numbers its own without gaps
 * @param currency ISO 4217; prices in another one are not for this tenant
 * @param timeZone where its months begin, as the IANA time zone database names it
 * @param since the first day of the first period; absent for the month in which the account is
 *     opened. What was used before is billed with the first period.
 * @param taxPercent of what is to be paid: 19 for a rate of 0.19
 * @param rounding of each line to the currency's smallest unit
 * @param discounts those that are valid when a period ends are taken off it one after the other
 * @param budget absent for none
 */
public record Terms(
        String issuer,
        String currency,
        String timeZone,
        @Nullable LocalDate since,
        BigDecimal taxPercent,
        RoundingMode rounding,
        List<Discount> discounts,
        @Nullable Budget budget) {

    private static final Duration LEAST = Duration.ofDays(2);

    /** Who sends invoices when nobody says otherwise. */
    public static final String DEFAULT_ISSUER = "default";

    /**
     * So much less on every period that ends before an instant.
     *
     * @param percent of the usage and its adjustments: 0 to 100
     * @param until absent for ever
     */
    public record Discount(BigDecimal percent, @Nullable Instant until) {}

    /**
     * What a tenant means to spend in a month, before tax.
     *
     * @param alertAtPercent reaching each of them is told once a period, in ascending order
     * @param policy what happens when all of it is spent
     * @param webhook where crossings are sent, absent for nowhere
     */
    public record Budget(
            BigDecimal monthly,
            List<Integer> alertAtPercent,
            Policy policy,
            @Nullable String webhook) {}

    /** What follows from a spent budget, until the period ends or the budget is raised. */
    public enum Policy {
        /** Nothing but the event. */
        ALERT,
        /** No further machines. */
        REFUSE,
        /** Nothing further at all. */
        SUSPEND
    }

    /** Where its months begin. */
    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }

    /**
     * The first period that is not closed.
     *
     * @param opened when the account was
     * @param closedTo up to when periods are closed, absent when none is
     */
    public Month period(Instant opened, @Nullable Instant closedTo) {
        var from = closedTo == null ? first(opened) : closedTo;
        var end = monthAfter(from);
        // After a change of the time zone some hours of a month may be left: they join the next.
        var to = Duration.between(from, end).compareTo(LEAST) < 0 ? monthAfter(end) : end;
        return new Month(from, to);
    }

    private Instant first(Instant opened) {
        return (since == null ? month(opened) : since).atStartOfDay(zone()).toInstant();
    }

    private Instant monthAfter(Instant at) {
        return month(at).plusMonths(1).atStartOfDay(zone()).toInstant();
    }

    /** The calendar month before an instant, which it ends at. */
    public Month before(Instant to) {
        var first = month(to.minusNanos(1)).atStartOfDay(zone()).toInstant();
        return new Month(first, to);
    }

    private LocalDate month(Instant at) {
        return at.atZone(zone()).toLocalDate().withDayOfMonth(1);
    }

    /** The id of a period's invoice: {@code acme-2026-01}. */
    public String invoice(String tenant, Month period) {
        // Where the middle lies, since bounds may be shifted by some hours.
        var middle = period.from().plus(Duration.between(period.from(), period.to()).dividedBy(2));
        return tenant + "-" + YearMonth.from(middle.atZone(zone()));
    }
}
