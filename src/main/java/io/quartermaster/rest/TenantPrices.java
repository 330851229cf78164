package io.quartermaster.rest;

import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.es.StreamId;
import io.quartermaster.view.ledger.Invoices;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** The prices of tenants, for each in the currency of its account if it has one. */
@Singleton
final class TenantPrices {
    private final Aggregates aggregates;
    private final Invoices invoices;

    @Inject
    TenantPrices(Aggregates aggregates, Invoices invoices) {
        this.aggregates = aggregates;
        this.invoices = invoices;
    }

    /** The prices by tenant; those of everybody are read once. */
    Function<String, Prices> byTenant() {
        var general = book(Prices.DEFAULT);
        var minimums = invoices.minimums();
        return tenant -> {
            var own = tenant.isEmpty() ? List.<Published>of() : book(tenant);
            var prices = new Prices(own, general, minimums);
            return invoices.account(tenant)
                    .map(account -> prices.in(account.terms().currency()))
                    .orElse(prices);
        };
    }

    private List<Published> book(String name) {
        var stream = new StreamId(PriceBook.STREAM, name);
        return aggregates.load(stream, PriceBook.class).state().published(name);
    }
}
