package io.quartermaster.bench;

import io.quartermaster.app.Domain;
import io.quartermaster.billing.account.Account;
import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.BilledWhile;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Price.MonthBasis;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Scheme;
import io.quartermaster.billing.price.Unit;
import io.quartermaster.engine.Decided;
import io.quartermaster.engine.Decided.Change;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.subscription.Projections;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.es.StreamId;
import io.quartermaster.view.Json;
import io.quartermaster.view.ledger.Books;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A month in which tenants use volumes, and the books that follow it. */
final class BookedMonth {
    static final Codec CODEC = Domain.codec();

    /** For each volume: it is made and resized. */
    static final int FACTS = 2;

    /** Invoices of a hundred tenants. */
    static final String INVOICES =
            """
            INSERT INTO invoice (
              id, tenant, issuer, number, from_at, to_at, currency, net, tax, total, lines,
              unpriced, digest, closed_at, position, rebilled)
            SELECT 'i' || n, 't' || n % 100, 'default', n, timestamptz '2020-01-01',
              timestamptz '2020-02-01', 'EUR', 40, 0, 40, ?, 0, '', now(), n, false
            FROM generate_series(1, ?) n""";

    /** Lines of these invoices. */
    static final String LINES =
            """
            INSERT INTO ledger_line (
              id, invoice, ordinal, tenant, kind, resource, meter, product, deployment, labels,
              from_at, to_at, units, unit, exact, amount, currency, book, version, events, steps)
            SELECT gen_random_uuid(), 'i' || 1 + (n - 1) / per, 1 + (n - 1) % per,
              't' || (1 + (n - 1) / per) % 100, 'USAGE', 'volume/v' || n % 100000, 'storage',
              'ssd', '', '{}', timestamptz '2020-01-01', timestamptz '2020-02-01', 0.2,
              'GiB-month', 0.01, 0.01, 'EUR', 'default', 1, ARRAY[gen_random_uuid()],
              ARRAY['size 1 for 2678400 s of 2678400 s', 'rounded HALF_UP to 0.01 EUR']
            FROM generate_series(1, ?) n, (SELECT ?::int AS per) parts""";

    private static final int TOGETHER = 500;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");

    private final Store store;
    private final Subscriber reader;

    BookedMonth(Store store) {
        this.store = store;
        var books = new Books(new Json(CODEC));
        var projections = new Projections(store.database(), List.of(books), Clock.systemUTC());
        var subscription = projections.subscriptions().getFirst();
        this.reader = new Subscriber(subscription, Slices.ALL, 1, Following.ports(store));
        append(List.of(happened(PriceBook.STREAM, Prices.DEFAULT, price(), BEGIN)));
    }

    private static Decided happened(String type, String key, Object event, Instant at) {
        var change = new Change(new StreamId(type, key), "", new Expected.Any(), List.of(event));
        return new Decided(Appends.metadata(), List.of(change), at);
    }

    private void append(List<Decided> all) {
        for (int i = 0; i < all.size(); i += TOGETHER) {
            store.log().append(all.subList(i, Math.min(all.size(), i + TOGETHER)));
        }
    }

    /** A tenant opens an account and uses volumes. */
    void use(String tenant, int volumes) {
        append(List.of(happened(Account.STREAM, tenant, opened(), BEGIN)));
        var made = new ArrayList<Decided>();
        var resized = new ArrayList<Decided>();
        for (int i = 0; i < volumes; i++) {
            var name = tenant + "-" + i;
            var spec = new VolumeSpec(1L << 37, "ssd", false, Map.of());
            var at = BEGIN.plus(Duration.ofMinutes(i % 40_000));
            made.add(happened("volume", name, new VolumeEvent.Created(tenant, spec), at));
            var larger = new VolumeEvent.Resized(1L << 37, 1L << 38);
            resized.add(happened("volume", name, larger, at.plusSeconds(3_600)));
        }
        append(made);
        append(resized);
    }

    /** Its month is over. */
    void close(String tenant) {
        var closed = new AccountEvent.PeriodClosed(tenant + "-2026-01", BEGIN, END);
        append(List.of(happened(Account.STREAM, tenant, closed, END)));
    }

    /** The seconds that the books need to follow. */
    double catchUp() {
        long start = System.nanoTime();
        while (!reader.poll().idle()) continue;
        return (System.nanoTime() - start) / 1e9;
    }

    private static AccountEvent opened() {
        return new AccountEvent.Defined(
                new Terms(
                        Terms.DEFAULT_ISSUER,
                        "EUR",
                        "UTC",
                        LocalDate.parse("2026-01-01"),
                        new BigDecimal("19"),
                        RoundingMode.HALF_UP,
                        List.of(),
                        null));
    }

    private static PriceBook.Event price() {
        return new PriceBook.Event.Published(
                new Price(
                        "storage",
                        null,
                        "EUR",
                        Instant.EPOCH,
                        Unit.parse("GiB-month"),
                        new Scheme.Flat(new BigDecimal("0.05")),
                        BigDecimal.ZERO,
                        BilledWhile.PRESENT,
                        Granularity.SECOND,
                        0,
                        null,
                        null,
                        MonthBasis.CALENDAR));
    }
}
