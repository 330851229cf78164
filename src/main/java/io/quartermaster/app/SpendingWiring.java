package io.quartermaster.app;

import io.quartermaster.billing.invoice.Entry;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.schedule.SpendingPass;
import io.quartermaster.schedule.SpendingPass.Spending;
import io.quartermaster.view.ledger.AccountRow;
import io.quartermaster.view.ledger.Invoices;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Makes what looks at the accounts. */
final class SpendingWiring {

    @Produces
    @Singleton
    SpendingPass spending(Invoices invoices, Dispatcher dispatcher, InstantSource clock) {
        return new SpendingPass(
                () -> spendings(invoices, clock.instant()), dispatcher, UUID::randomUUID);
    }

    private static List<Spending> spendings(Invoices invoices, Instant now) {
        return invoices.accounts().stream()
                .map(account -> spending(account, invoices.draft(account, now)))
                .toList();
    }

    private static Spending spending(AccountRow account, Invoices.Draft draft) {
        var unpriced =
                draft.invoice().entries().stream()
                        .map(Entry::line)
                        .filter(line -> line.kind() == Kind.UNPRICED)
                        .map(line -> line.about().meter() + " of " + line.about().product())
                        .distinct()
                        .sorted()
                        .toList();
        return new Spending(
                account.tenant(),
                draft.period().from(),
                draft.period().to(),
                draft.invoice().net(),
                account.terms().budget() != null,
                unpriced);
    }
}
