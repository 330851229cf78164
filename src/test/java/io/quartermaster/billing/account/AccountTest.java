package io.quartermaster.billing.account;

import io.quartermaster.billing.account.AccountEvent.BudgetCrossed;
import io.quartermaster.billing.account.AccountEvent.PeriodClosed;
import io.quartermaster.es.Scenario;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final PeriodClosed CLOSED = new PeriodClosed("acme-2026-01", JANUARY, FEBRUARY);

    private static Scenario<AccountCommand, Account, AccountEvent> given(AccountEvent... past) {
        return Scenario.given(new Account.Rules(), past);
    }

    private static AccountEvent opened() {
        return opened("EUR", null);
    }

    private static AccountEvent opened(String currency, Terms.@Nullable Budget budget) {
        return new AccountEvent.Defined(terms(currency, budget));
    }

    private static Terms terms(String currency, Terms.@Nullable Budget budget) {
        return new Terms(
                Terms.DEFAULT_ISSUER,
                currency,
                "UTC",
                null,
                BigDecimal.ZERO,
                RoundingMode.HALF_UP,
                List.of(),
                budget);
    }

    private static AccountCommand close(String invoice, Instant from, Instant to) {
        return new AccountCommand.ClosePeriod(invoice, from, to);
    }

    @Test
    void a_period_is_closed_once() {
        given(opened(), CLOSED).when(close("acme-2026-01", JANUARY, FEBRUARY)).then();
    }

    @Test
    void periods_follow_each_other_without_gaps() {
        var april = Instant.parse("2026-04-01T00:00:00Z");
        given(opened(), CLOSED)
                .when(close("acme-2026-03", MARCH, april))
                .thenRejected("period-not-next");
    }

    @Test
    void the_next_period_begins_where_the_last_one_ended() {
        given(opened(), CLOSED)
                .when(close("acme-2026-02", FEBRUARY, MARCH))
                .then(new PeriodClosed("acme-2026-02", FEBRUARY, MARCH));
    }

    @Test
    void without_an_account_no_period_is_closed() {
        given().when(close("acme-2026-01", JANUARY, FEBRUARY)).thenRejected("account-unknown");
    }

    @Test
    void the_currency_stays() {
        given(opened())
                .when(new AccountCommand.Define(terms("USD", null)))
                .thenRejected("currency-immutable");
    }

    @Test
    void a_credit_is_granted_once() {
        var amount = new BigDecimal("20.00");
        given(opened(), new AccountEvent.CreditGranted("welcome", amount, "welcome"))
                .when(new AccountCommand.GrantCredit("welcome", amount, "welcome"))
                .then();
    }

    @Test
    void an_invoice_is_taken_back_once() {
        given(opened(), CLOSED, new AccountEvent.InvoiceVoided("acme-2026-01", "x", "y", false))
                .when(new AccountCommand.VoidInvoice("acme-2026-01", "again", false))
                .thenRejected("invoice-not-valid");
    }

    private static Terms.Budget budget() {
        return new Terms.Budget(
                new BigDecimal("500.00"), List.of(50, 80), Terms.Policy.REFUSE, null);
    }

    private static AccountCommand spent(String amount) {
        return new AccountCommand.NoteSpending(JANUARY, FEBRUARY, new BigDecimal(amount));
    }

    private static BudgetCrossed crossed(int percent, String spent) {
        return new BudgetCrossed(
                JANUARY,
                FEBRUARY,
                percent,
                new BigDecimal("500.00"),
                new BigDecimal(spent),
                Terms.Policy.REFUSE);
    }

    @Test
    void every_threshold_that_was_passed_at_once_is_told() {
        given(opened("EUR", budget()))
                .when(spent("400.00"))
                .then(crossed(50, "400.00"), crossed(80, "400.00"));
    }

    @Test
    void a_threshold_is_told_once_a_period() {
        given(opened("EUR", budget()), crossed(50, "250.00")).when(spent("399.99")).then();
    }

    @Test
    void the_whole_budget_is_always_a_threshold() {
        given(opened("EUR", budget()), crossed(50, "250.00"), crossed(80, "400.00"))
                .when(spent("500.00"))
                .then(crossed(100, "500.00"));
    }

    @Test
    void another_budget_has_thresholds_of_its_own() {
        var raised =
                new Terms.Budget(new BigDecimal("600.00"), List.of(50), Terms.Policy.SUSPEND, null);
        given(opened("EUR", budget()), crossed(100, "500.00"), opened("EUR", raised))
                .when(spent("600.00"))
                .then(crossed(raised, 50), crossed(raised, 100));
    }

    private static BudgetCrossed crossed(Terms.Budget budget, int percent) {
        return new BudgetCrossed(
                JANUARY, FEBRUARY, percent, budget.monthly(), budget.monthly(), budget.policy());
    }

    @Test
    void a_new_period_begins_with_nothing_told() {
        given(opened("EUR", budget()), crossed(50, "250.00"))
                .when(new AccountCommand.NoteSpending(FEBRUARY, MARCH, new BigDecimal("250.00")))
                .then(
                        new BudgetCrossed(
                                FEBRUARY,
                                MARCH,
                                50,
                                new BigDecimal("500.00"),
                                new BigDecimal("250.00"),
                                Terms.Policy.REFUSE));
    }
}
