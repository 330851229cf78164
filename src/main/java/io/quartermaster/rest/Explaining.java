package io.quartermaster.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.es.StreamId;
import io.quartermaster.view.history.Entry;
import io.quartermaster.view.history.Events;
import io.quartermaster.view.ledger.Invoices;
import io.quartermaster.view.ledger.LedgerRow;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From a line of an invoice back to its price and to the events behind it. */
@Singleton
final class Explaining {
    /** A line may stand for very many counts; the first ones are shown. */
    private static final int MOST_EVENTS = 1_000;

    private final Invoices invoices;
    private final Events events;
    private final Aggregates aggregates;

    @Inject
    Explaining(Invoices invoices, Events events, Aggregates aggregates) {
        this.invoices = invoices;
        this.events = events;
        this.aggregates = aggregates;
    }

    /**
     * How a line came about.
     *
     * @param calculation in sentences, in order
     * @param price as it was published, absent for want of one
     * @param events what happened, the first thousand
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Explained(
            LineBody line,
            List<String> calculation,
            @Nullable PriceBody price,
            List<Entry> events) {}

    Explained explain(LedgerRow row) {
        var explanation = row.line().explanation();
        return new Explained(
                LineBody.of(row), explanation.steps(), price(row.line()), events.of(sources(row)));
    }

    private List<UUID> sources(LedgerRow row) {
        var meter = row.line().about().meter();
        boolean isCounted = !meter.isEmpty() && Meter.isCount(meter);
        var ids =
                isCounted
                        ? invoices.counts(row.tenant(), row.line(), MOST_EVENTS)
                        : row.line().explanation().events();
        return ids.stream().limit(MOST_EVENTS).toList();
    }

    private @Nullable PriceBody price(Line line) {
        if (line.book() == null || line.version() == 0) return null;
        var stream = new StreamId(PriceBook.STREAM, line.book());
        var book = aggregates.load(stream, PriceBook.class).state();
        return PriceBody.of(book.published(line.book()).get(line.version() - 1));
    }
}
