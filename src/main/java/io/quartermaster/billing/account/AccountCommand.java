package io.quartermaster.billing.account;

import io.quartermaster.es.Wire;
import java.math.BigDecimal;
import java.time.Instant;

/** What may be asked of an account. */
public sealed interface AccountCommand {

    /** Opens it, or changes its terms. */
    @Wire("account.define")
    record Define(Terms terms) implements AccountCommand {}

    /**
     * Ends a period: what the books know by then becomes its invoice.
     *
     * @param invoice the id of its invoice
     * @param from where the period before it ended
     * @param to excluded; whoever sends this has seen that it is over
     */
    @Wire("account.close-period")
    record ClosePeriod(String invoice, Instant from, Instant to) implements AccountCommand {}

    /**
     * Gives a tenant money that its next invoices are paid with, the oldest first.
     *
     * @param id of the credit, chosen by who grants it: once granted it is not granted again
     */
    @Wire("account.grant-credit")
    record GrantCredit(String id, BigDecimal amount, String reason) implements AccountCommand {}

    /**
     * Takes back an invoice by a credit note of the same amount.
     *
     * @param rebill whether its usage is billed anew with the next period, or never
     */
    @Wire("account.void-invoice")
    record VoidInvoice(String invoice, String reason, boolean rebill) implements AccountCommand {}

    /** So much was spent so far in a period. */
    @Wire("account.note-spending")
    record NoteSpending(Instant from, Instant to, BigDecimal spent) implements AccountCommand {}
}
