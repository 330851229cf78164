package io.quartermaster.billing.account;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's money goes by; its stream's key is the tenant's name. Amounts of invoices are not
 * kept here: they follow from the log up to where the period was closed.
 *
 * @param terms absent before the account is opened
 * @param closedTo up to when periods are closed, absent before the first one is
 * @param invoices ids of those that were made and not voided
 * @param credits ids of all credits that were granted
 * @param alerted thresholds of the present period's budget that were reached
 */
public record Account(
        @Nullable Terms terms,
        @Nullable Instant closedTo,
        Set<String> invoices,
        Set<String> credits,
        Alerted alerted) {

    /** The type of an account's stream. */
    public static final String STREAM = "account";

    /** Thresholds that were reached in the period that begins at an instant. */
    record Alerted(Instant period, Set<Integer> percents) {
        static final Alerted NOTHING = new Alerted(Instant.EPOCH, Set.of());

        Alerted with(Instant begin, int percent) {
            return new Alerted(
                    begin, begin.equals(period) ? adding(percents, percent) : Set.of(percent));
        }

        boolean has(Instant begin, int percent) {
            return begin.equals(period) && percents.contains(percent);
        }
    }

    private static <T> Set<T> adding(Set<T> all, T one) {
        var more = new TreeSet<>(all);
        more.add(one);
        return more;
    }

    /** Another budget has thresholds of its own, which are yet to be reached. */
    private Account on(Terms next) {
        boolean isSame = terms != null && Objects.equals(terms.budget(), next.budget());
        return new Account(next, closedTo, invoices, credits, isSame ? alerted : Alerted.NOTHING);
    }

    private Account closed(AccountEvent.PeriodClosed closed) {
        var more = adding(invoices, closed.invoice());
        return new Account(terms, closed.to(), more, credits, alerted);
    }

    private Account without(String invoice) {
        var less = new TreeSet<>(invoices);
        less.remove(invoice);
        return new Account(terms, closedTo, less, credits, alerted);
    }

    private Account credited(String id) {
        return new Account(terms, closedTo, invoices, adding(credits, id), alerted);
    }

    private Account alerted(AccountEvent.BudgetCrossed crossed) {
        var more = alerted.with(crossed.from(), crossed.percent());
        return new Account(terms, closedTo, invoices, credits, more);
    }

    /** The rules: periods follow each other without gaps, and nothing is taken back twice. */
    public static final class Rules implements Decider<AccountCommand, Account, AccountEvent> {

        @Override
        public String streamType() {
            return STREAM;
        }

        @Override
        public Class<AccountCommand> commands() {
            return AccountCommand.class;
        }

        @Override
        public Class<AccountEvent> events() {
            return AccountEvent.class;
        }

        @Override
        public Account initial() {
            return new Account(null, null, Set.of(), Set.of(), Alerted.NOTHING);
        }

        @Override
        public List<AccountEvent> decide(AccountCommand command, Account account) {
            return switch (command) {
                case AccountCommand.Define define -> define(define.terms(), account);
                case AccountCommand.ClosePeriod close -> close(close, account);
                case AccountCommand.GrantCredit grant -> grant(grant, account);
                case AccountCommand.VoidInvoice taken -> takeBack(taken, account);
                case AccountCommand.NoteSpending noted -> note(noted, account);
            };
        }

        private static Terms open(Account account) {
            if (account.terms() != null) return account.terms();
            throw new Rejected(
                    "account-unknown",
                    "the tenant has no account; apply a manifest of kind Tenant for it first");
        }

        private static List<AccountEvent> define(Terms terms, Account account) {
            var now = account.terms();
            if (terms.equals(now)) return List.of();
            if (now != null && !now.currency().equals(terms.currency())) {
                throw new Rejected(
                        "currency-immutable",
                        "the account is kept in %s and cannot change to %s; use another tenant"
                                .formatted(now.currency(), terms.currency()));
            }
            return List.of(new AccountEvent.Defined(terms));
        }

        private static List<AccountEvent> close(AccountCommand.ClosePeriod close, Account account) {
            open(account);
            var closedTo = account.closedTo();
            if (closedTo != null && !close.to().isAfter(closedTo)) return List.of();
            if (closedTo != null && !close.from().equals(closedTo)) {
                throw new Rejected(
                        "period-not-next",
                        "the period from %s is not the next one, which begins at %s"
                                .formatted(close.from(), closedTo));
            }
            return List.of(
                    new AccountEvent.PeriodClosed(close.invoice(), close.from(), close.to()));
        }

        private static List<AccountEvent> grant(AccountCommand.GrantCredit grant, Account account) {
            open(account);
            return account.credits().contains(grant.id())
                    ? List.of()
                    : List.of(
                            new AccountEvent.CreditGranted(
                                    grant.id(), grant.amount(), grant.reason()));
        }

        private static List<AccountEvent> takeBack(
                AccountCommand.VoidInvoice taken, Account account) {
            if (!account.invoices().contains(taken.invoice())) {
                throw new Rejected(
                        "invoice-not-valid",
                        "there is no such invoice, or it was voided already; list those that are"
                                + " with GET /invoices");
            }
            return List.of(
                    new AccountEvent.InvoiceVoided(
                            taken.invoice(),
                            taken.invoice() + "-void",
                            taken.reason(),
                            taken.rebill()));
        }

        private static List<AccountEvent> note(AccountCommand.NoteSpending noted, Account account) {
            var budget = open(account).budget();
            if (budget == null) return List.of();
            return Stream.concat(budget.alertAtPercent().stream(), Stream.of(100))
                    .sorted()
                    .distinct()
                    .filter(percent -> isReached(noted.spent(), budget.monthly(), percent))
                    .filter(percent -> !account.alerted().has(noted.from(), percent))
                    .<AccountEvent>map(
                            percent ->
                                    new AccountEvent.BudgetCrossed(
                                            noted.from(),
                                            noted.to(),
                                            percent,
                                            budget.monthly(),
                                            noted.spent(),
                                            budget.policy()))
                    .toList();
        }

        private static boolean isReached(BigDecimal spent, BigDecimal monthly, int percent) {
            var threshold = monthly.multiply(BigDecimal.valueOf(percent)).movePointLeft(2);
            return spent.compareTo(threshold) >= 0;
        }

        @Override
        public Account evolve(Account account, AccountEvent event) {
            return switch (event) {
                case AccountEvent.Defined defined -> account.on(defined.terms());
                case AccountEvent.PeriodClosed closed -> account.closed(closed);
                case AccountEvent.CreditGranted granted -> account.credited(granted.id());
                case AccountEvent.InvoiceVoided voided -> account.without(voided.invoice());
                case AccountEvent.BudgetCrossed crossed -> account.alerted(crossed);
            };
        }
    }
}
