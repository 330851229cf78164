package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.usage.Count;
import io.quartermaster.billing.usage.Facts;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.Json;
import io.quartermaster.view.usage.Metering;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The books: what was used, at which prices, and what was booked for it. They follow the log in its
 * one order, so the event that closes a period also says which facts were known by then; whoever
 * reads the same log gets the same books, ids included.
 */
public final class Books implements Projection {
    private static final String PUBLISH =
            """
            INSERT INTO price (book, version, price)
            SELECT ?, 1 + count(*), ?::jsonb FROM price WHERE book = ?""";
    private static final String CHANGED =
            """
            UPDATE account SET changed_from = least(changed_from, ?)
            WHERE closed_to > ? AND tenant = ANY (?)""";
    private static final String REPRICED =
            """
            UPDATE account SET changed_from = least(changed_from, ?)
            WHERE closed_to > ? AND (tenant = ? OR ? = 'default')""";

    private final Json json;
    private final Metering metering;
    private final Ledger ledger;

    public Books(Json json) {
        this.json = json;
        this.metering = new Metering(json);
        this.ledger = new Ledger(json);
    }

    @Override
    public String name() {
        return "books";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Stream.concat(
                        Facts.ROOTS.stream(),
                        Stream.of(
                                Count.Event.class,
                                PriceBook.Event.class,
                                AccountEvent.class,
                                Issuer.Event.class,
                                MachineClass.Event.class))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        switch (envelope.event()) {
            case AccountEvent event -> ledger.apply(envelope, event, tx);
            case Issuer.Event event -> ledger.apply(envelope, event, tx);
            case MachineClass.Event event -> ClassMinimums.apply(envelope, event, tx);
            case PriceBook.Event.Published(Price price) ->
                    publish(envelope.stream().key(), price, tx);
            case Count.Event.Counted(Count.Record record) -> {
                metering.count(envelope, record, tx);
                changed(envelope, List.of(record.tenant()), record.at(), tx);
            }
            default -> {
                var fact = Facts.of(envelope);
                if (fact.isEmpty()) return;
                var tenants = metering.add(envelope, fact.get(), tx);
                changed(envelope, tenants, fact.get().at(), tx);
            }
        }
    }

    /**
     * What comes to light of a closed period is looked at when the next one is closed. The earliest
     * instant is the same in whatever order they come.
     */
    private static void changed(
            Envelope<?> envelope, Collection<String> tenants, Instant at, SqlTx tx) {
        tx.updateOf(envelope.stream(), CHANGED, at, at, tenants.toArray(String[]::new));
    }

    private void publish(String book, Price price, SqlTx tx) {
        tx.update(PUBLISH, book, json.write(price), book);
        // Publishing into a closed period is refused; one that overtook the check is adjusted.
        tx.update(REPRICED, price.from(), price.from(), book, book);
    }

    @Override
    public List<String> tables() {
        var tables = new ArrayList<>(Metering.tables());
        tables.addAll(LedgerTables.STATEMENTS);
        return tables;
    }
}
