package io.quartermaster.billing.invoice;

import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.About;
import io.quartermaster.billing.price.Line.Explanation;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.billing.price.Rating.Month;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has to pay for a period. Discounts are taken off the usage and its adjustments, one
 * after the other; tax is put on what is left; a credit that was taken back after it had paid is
 * owed; credits pay for the result, the oldest first; what would have to be paid back is kept as a
 * credit. The total is the sum of the rounded lines.
 *
 * @param net before tax, after discounts
 * @param total what is to be paid
 */
public record Invoice(
        Month period,
        String currency,
        List<Entry> entries,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal total) {

    private static final String PERCENT = "percent";

    /**
     * The invoice of a period.
     *
     * @param used the period's lines, and adjustments of earlier ones
     * @param credits the oldest first
     */
    public static Invoice of(Month period, Terms terms, List<Entry> used, List<Credit> credits) {
        return new Draft(period, terms, new ArrayList<>(used)).finish(credits);
    }

    /** An invoice in the making. */
    private record Draft(Month period, Terms terms, List<Entry> entries) {

        Invoice finish(List<Credit> credits) {
            discount();
            var net = sum();
            tax(net);
            var tax = sum().subtract(net);
            credits.forEach(this::payBack);
            credits.forEach(this::pay);
            if (sum().signum() < 0) carry();
            return new Invoice(period, terms.currency(), List.copyOf(entries), net, tax, sum());
        }

        private BigDecimal sum() {
            return entries.stream()
                    .map(entry -> entry.line().amount())
                    .filter(Objects::nonNull)
                    .reduce(round(BigDecimal.ZERO), BigDecimal::add);
        }

        private void discount() {
            int number = 0;
            for (var discount : terms.discounts()) {
                number++;
                boolean isOver = discount.until() != null && discount.until().isBefore(period.to());
                if (isOver || sum().signum() == 0) continue;
                var percent = discount.percent();
                add(Kind.DISCOUNT, percent.negate(), sum(), null, number);
            }
        }

        private void tax(BigDecimal net) {
            if (terms.taxPercent().signum() == 0 || net.signum() == 0) return;
            add(Kind.TAX, terms.taxPercent(), net, null, 0);
        }

        private void add(
                Kind kind, BigDecimal percent, BigDecimal of, @Nullable String book, int number) {
            var exact = of.multiply(percent).movePointLeft(2);
            var step = "%s percent of %s".formatted(percent.toPlainString(), of.toPlainString());
            entries.add(entry(kind, percent, exact, book, number, step));
        }

        /** The carried credit of an invoice that was voided may have paid a later one by then. */
        private void payBack(Credit credit) {
            if (credit.remaining().signum() >= 0) return;
            var owed = credit.remaining().negate();
            var step =
                    "credit %s was taken back after it had paid; %s of it are owed"
                            .formatted(credit.id(), owed.toPlainString());
            entries.add(entry(Kind.CREDIT, BigDecimal.ONE, owed, credit.id(), 0, step));
        }

        private void pay(Credit credit) {
            var paid = credit.remaining().min(sum());
            if (paid.signum() <= 0) return;
            var step =
                    "credit %s pays %s of %s"
                            .formatted(credit.id(), paid.toPlainString(), sum().toPlainString());
            var amount = paid.negate();
            entries.add(entry(Kind.CREDIT, BigDecimal.ONE, amount, credit.id(), 0, step));
        }

        private void carry() {
            var kept = sum().negate();
            var step = "kept as a credit of " + kept.toPlainString();
            entries.add(entry(Kind.CARRY, BigDecimal.ONE, kept, null, 0, step));
        }

        private Entry entry(
                Kind kind,
                BigDecimal units,
                BigDecimal exact,
                @Nullable String book,
                int number,
                String step) {
            boolean isPercentage = kind == Kind.DISCOUNT || kind == Kind.TAX;
            return Entry.of(
                    new Line(
                            kind,
                            About.INVOICE,
                            period.from(),
                            period.to(),
                            units,
                            isPercentage ? PERCENT : "credit",
                            exact,
                            round(exact),
                            terms.currency(),
                            book,
                            number,
                            new Explanation(List.of(), List.of(step))));
        }

        private BigDecimal round(BigDecimal exact) {
            int digits = Currency.getInstance(terms.currency()).getDefaultFractionDigits();
            return exact.setScale(digits, terms.rounding());
        }
    }
}
