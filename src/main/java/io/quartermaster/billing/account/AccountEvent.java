package io.quartermaster.billing.account;

import io.quartermaster.es.Wire;
import java.math.BigDecimal;
import java.time.Instant;

/** What happens to an account. */
public sealed interface AccountEvent {

    @Wire("account.defined")
    record Defined(Terms terms) implements AccountEvent {}

    /** From here on nothing of the period changes; what comes to light later is adjusted. */
    @Wire("account.period-closed")
    record PeriodClosed(String invoice, Instant from, Instant to) implements AccountEvent {}

    @Wire("account.credit-granted")
    record CreditGranted(String id, BigDecimal amount, String reason) implements AccountEvent {}

    /**
     * @param creditNote the id of the document that takes the invoice back
     */
    @Wire("account.invoice-voided")
    record InvoiceVoided(String invoice, String creditNote, String reason, boolean rebill)
            implements AccountEvent {}

    /**
     * A threshold of the budget was reached for the first time in a period.
     *
     * @param percent the threshold
     * @param spent when that was noticed
     */
    @Wire("account.budget-crossed")
    record BudgetCrossed(
            Instant from,
            Instant to,
            int percent,
            BigDecimal budget,
            BigDecimal spent,
            Terms.Policy policy)
            implements AccountEvent {}
}
