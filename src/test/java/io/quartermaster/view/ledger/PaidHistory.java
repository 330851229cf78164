package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.PeriodClosing;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.usage.Count;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Months of some tenants with machines, volumes, counts, prices and closed periods, in the order of
 * the log. Things come to light late, twice and in any order; the same seed makes the same log.
 */
final class PaidHistory {
    static final List<String> TENANTS = List.of("acme", "bmc", "cyd");
    private static final Instant START = Instant.parse("2026-01-20T00:00:00Z");
    private static final int MONTHS = 3;

    final Random random;
    final List<Envelope<?>> log = new ArrayList<>();
    private final RandomTerms arbitrary;
    private final RandomUse use;
    private final boolean termsChange;
    private final Map<StreamId, Long> versions = new HashMap<>();
    private final Map<String, Terms> terms = new TreeMap<>();
    private final Map<String, Instant> opened = new HashMap<>();
    private final Map<String, Instant> closedTo = new HashMap<>();
    private final List<String> invoices = new ArrayList<>();
    private Instant now = START;
    private Instant last = START;

    private PaidHistory(long seed, boolean termsChange) {
        this.random = new Random(seed);
        this.termsChange = termsChange;
        this.arbitrary = new RandomTerms(random);
        this.use = new RandomUse(random);
    }

    /** One in which whoever opened an account keeps to its terms. */
    static PaidHistory steady(long seed) {
        return new PaidHistory(seed, false).told();
    }

    /** One in which time zones, roundings, discounts and taxes change. */
    static PaidHistory unsteady(long seed) {
        return new PaidHistory(seed, true).told();
    }

    private PaidHistory told() {
        for (var price : arbitrary.prices(Instant.parse("2020-01-01T00:00:00Z"))) {
            if (random.nextInt(6) > 0) publish(Prices.DEFAULT, price);
        }
        define("acme");
        for (int month = 0; month < MONTHS; month++) {
            for (int event = 0; event < 8; event++) happen();
            now = now.plus(Duration.ofDays(31));
            closeWhatIsOver();
        }
        for (int event = 0; event < 4; event++) happen();
        return this;
    }

    /** What became known of machines, volumes and counts. */
    List<Envelope<?>> facts() {
        return log.stream().filter(PaidHistory::isFact).toList();
    }

    static boolean isFact(Envelope<?> envelope) {
        return List.of("machine", "volume", "usage").contains(envelope.stream().type());
    }

    /** Closes every account up to the same instant, so that all that came to light is booked. */
    PaidHistory settle() {
        now = now.plus(Duration.ofDays(32));
        for (var tenant : List.copyOf(terms.keySet())) {
            while (close(tenant)) last = now;
        }
        return this;
    }

    private void happen() {
        now = now.plusSeconds(random.nextInt(150_000));
        switch (random.nextInt(termsChange ? 20 : 16)) {
            case 0 -> publishSome();
            case 1, 16, 17, 18, 19 -> define(TENANTS.get(random.nextInt(TENANTS.size())));
            case 2 -> grant();
            case 3 -> takeBack(random.nextBoolean());
            case 4, 5 -> count();
            default -> {
                var stream = use.stream();
                for (var event : use.events(stream, instant())) add(stream, last, event);
            }
        }
    }

    /** Now, at the same time as something else, or any time before. */
    private Instant instant() {
        last =
                switch (random.nextInt(5)) {
                    case 0 -> last;
                    case 1 -> now.minusSeconds(random.nextInt(70 * 86_400));
                    default -> now.minusSeconds(random.nextInt(3 * 86_400));
                };
        return last;
    }

    private void publishSome() {
        boolean isLate = random.nextInt(5) == 0;
        var from =
                isLate
                        ? now.minus(Duration.ofDays(40))
                        : latestClosed().plusSeconds(random.nextInt(3_000_000));
        var book = random.nextInt(3) == 0 ? "acme" : Prices.DEFAULT;
        publish(book, arbitrary.price(RandomTerms.quarter(from)));
    }

    private Instant latestClosed() {
        return closedTo.values().stream().max(Instant::compareTo).orElse(now);
    }

    private void publish(String book, Price price) {
        add(new StreamId(PriceBook.STREAM, book), now, new PriceBook.Event.Published(price));
    }

    private void define(String tenant) {
        if (terms.containsKey(tenant) && !termsChange) return;
        var former = terms.get(tenant);
        var currency = former == null ? arbitrary.currency() : former.currency();
        terms.put(tenant, arbitrary.terms(currency));
        opened.putIfAbsent(tenant, now);
        add(account(tenant), now, new AccountEvent.Defined(terms.get(tenant)));
    }

    private void grant() {
        var tenant = anyAccount();
        var amount = BigDecimal.valueOf(1 + random.nextInt(2_000), 2);
        add(
                account(tenant),
                now,
                new AccountEvent.CreditGranted("gift-" + log.size(), amount, "hi"));
    }

    private String anyAccount() {
        var tenants = List.copyOf(terms.keySet());
        return tenants.get(random.nextInt(tenants.size()));
    }

    private void takeBack(boolean rebill) {
        if (invoices.isEmpty()) return;
        takeBack(invoices.remove(random.nextInt(invoices.size())), rebill);
    }

    private void takeBack(String invoice, boolean rebill) {
        var tenant = invoice.substring(0, invoice.indexOf('-'));
        var taken = new AccountEvent.InvoiceVoided(invoice, invoice + "-void", "wrong", rebill);
        add(account(tenant), now, taken);
    }

    /** Voids every invoice that is valid, to be billed anew. */
    PaidHistory takeAllBack() {
        for (var invoice : invoices) takeBack(invoice, true);
        invoices.clear();
        return this;
    }

    /** Voids some of the invoices that are valid. */
    PaidHistory takeSomeBack() {
        int half = invoices.size() / 2;
        for (int i = 0; i < half; i++) takeBack(random.nextBoolean());
        return this;
    }

    private void count() {
        var record = use.count(instant());
        add(Count.stream(record.tenant(), "r" + log.size()), now, new Count.Event.Counted(record));
    }

    private void closeWhatIsOver() {
        for (var tenant : List.copyOf(terms.keySet())) {
            while (random.nextInt(8) > 0 && close(tenant)) last = now;
        }
    }

    /** Closes an account's next period, if it is over. */
    private boolean close(String tenant) {
        var own = terms.get(tenant);
        var period = own.period(opened.get(tenant), closedTo.get(tenant));
        if (period.to().isAfter(now)) return false;
        var command = PeriodClosing.close(account(tenant), own, period);
        add(
                account(tenant),
                now,
                new AccountEvent.PeriodClosed(command.invoice(), command.from(), command.to()));
        closedTo.put(tenant, period.to());
        invoices.add(command.invoice());
        return true;
    }

    private static StreamId account(String tenant) {
        return new StreamId("account", tenant);
    }

    private void add(StreamId stream, Instant at, Object event) {
        long version = versions.merge(stream, 1L, Long::sum);
        var id = new UUID(random.nextLong(), log.size());
        log.add(
                new Envelope<>(
                        log.size() + 1L,
                        stream,
                        version,
                        id,
                        "",
                        now,
                        at,
                        new Metadata("test", id, id, id, ""),
                        event));
    }
}
