package io.quartermaster.view.ledger;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.invoice.Adjustments;
import io.quartermaster.billing.invoice.Booked;
import io.quartermaster.billing.invoice.Credit;
import io.quartermaster.billing.invoice.Entry;
import io.quartermaster.billing.invoice.Invoice;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.billing.price.Rating;
import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.ledger.Document.Sums;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The books without tables and without short cuts: whenever a period is closed, everything is
 * folded and rated anew from all facts.
 */
final class MemoryBooks {
    final MemoryUsage usage = new MemoryUsage();
    final Map<String, Account> accounts = new TreeMap<>();
    final Map<String, Document> documents = new LinkedHashMap<>();

    /** What was rated since the last fact or price became known. */
    private final Map<List<Object>, List<Line>> rated = new HashMap<>();

    private final Map<String, List<Price>> published = new HashMap<>();
    private final Map<String, String> voided = new HashMap<>();
    private final Set<String> rebilled = new HashSet<>();

    /** A closed month, and how its lines are rounded for ever. */
    record Closed(Month month, RoundingMode rounding) {}

    /** A tenant's account. */
    static final class Account {
        final String tenant;
        Terms terms;
        final Instant opened;
        final List<Closed> closed = new ArrayList<>();
        final Map<String, BigDecimal> granted = new LinkedHashMap<>();

        Account(String tenant, Terms terms, Instant opened) {
            this.tenant = tenant;
            this.terms = terms;
            this.opened = opened;
        }

        AccountRow row() {
            return new AccountRow(tenant, terms, opened, null, null);
        }
    }

    static MemoryBooks of(List<Envelope<?>> log) {
        var books = new MemoryBooks();
        log.forEach(books::apply);
        return books;
    }

    void apply(Envelope<?> envelope) {
        if (!(envelope.event() instanceof AccountEvent)) rated.clear();
        switch (envelope.event()) {
            case AccountEvent event -> apply(envelope, event);
            case PriceBook.Event.Published(Price price) ->
                    published
                            .computeIfAbsent(envelope.stream().key(), book -> new ArrayList<>())
                            .add(price);
            default -> usage.apply(envelope);
        }
    }

    private void apply(Envelope<?> envelope, AccountEvent event) {
        var tenant = envelope.stream().key();
        switch (event) {
            case AccountEvent.Defined(Terms terms) ->
                    accounts.computeIfAbsent(
                                            tenant,
                                            t -> new Account(t, terms, envelope.effectiveAt()))
                                    .terms =
                            terms;
            case AccountEvent.CreditGranted granted ->
                    account(tenant).granted.put(granted.id(), granted.amount());
            case AccountEvent.PeriodClosed closed -> close(account(tenant), closed);
            case AccountEvent.InvoiceVoided taken -> takeBack(account(tenant), taken);
            case AccountEvent.BudgetCrossed ignored -> {}
        }
    }

    Account account(String tenant) {
        return Objects.requireNonNull(accounts.get(tenant), tenant);
    }

    private void close(Account account, AccountEvent.PeriodClosed closed) {
        var period = new Month(closed.from(), closed.to());
        var invoice = invoice(account, period, closed.to());
        var rows = Ledger.rows(closed.invoice(), account.tenant, invoice.entries());
        for (var row : rows) {
            if (row.line().kind() == Kind.CARRY) {
                account.granted.put("carried/" + closed.invoice(), amount(row));
            }
        }
        var sums = new Sums(invoice.net(), invoice.tax(), invoice.total());
        documents.put(
                closed.invoice(),
                new Document(closed.invoice(), account.row(), period, sums, rows, null));
        account.closed.addAll(0, beforeTheFirst(account, period));
        account.closed.add(new Closed(period, account.terms.rounding()));
    }

    /** The invoice of the open period, as of an instant. */
    Invoice invoice(Account account, Month period, Instant until) {
        var used = new ArrayList<Entry>();
        var now = new Closed(period, account.terms.rounding());
        for (var line : lines(account, now, until)) used.add(new Entry(line, null));
        var earlier = new ArrayList<>(beforeTheFirst(account, period));
        earlier.addAll(account.closed);
        for (var month : earlier) {
            var desired = lines(account, month, month.month().to());
            used.addAll(Adjustments.of(desired, booked(account.tenant, month.month())));
        }
        return Invoice.of(period, account.terms, used, credits(account));
    }

    private List<Closed> beforeTheFirst(Account account, Month period) {
        var months = new ArrayList<Closed>();
        var end =
                account.closed.isEmpty() ? period.from() : account.closed.getFirst().month().from();
        var earliest = usage.earliest(account.tenant).orElse(end);
        while (earliest.isBefore(end)) {
            var month = account.terms.before(end);
            months.addFirst(new Closed(month, account.terms.rounding()));
            end = month.from();
        }
        return months;
    }

    List<Line> lines(Account account, Closed closed, Instant until) {
        return rated.computeIfAbsent(
                List.of(account.tenant, closed, until), key -> rate(account, closed, until));
    }

    private List<Line> rate(Account account, Closed closed, Instant until) {
        var month = closed.month();
        var end = until.isBefore(month.to()) ? until : month.to();
        if (!end.isAfter(month.from())) return List.of();
        var prices = prices(account);
        var summed =
                Meter.summed(
                        usage.slices(account.tenant, month.from(), end),
                        (meter, product) ->
                                prices.changes(meter, product, month.from(), month.to()),
                        month.from(),
                        end);
        return Rating.rate(summed, prices, month, closed.rounding());
    }

    Prices prices(Account account) {
        return new Prices(book(account.tenant), book(Prices.DEFAULT)).in(account.terms.currency());
    }

    private List<Published> book(String name) {
        return new PriceBook(published.getOrDefault(name, List.of())).published(name);
    }

    private List<Booked> booked(String tenant, Month month) {
        return booked(tenant)
                .filter(row -> !row.line().from().isBefore(month.from()))
                .filter(row -> row.line().from().isBefore(month.to()))
                .map(row -> new Booked(row.id(), row.line()))
                .toList();
    }

    /** The lines for usage that count: of invoices that were not voided to be billed anew. */
    Stream<LedgerRow> booked(String tenant) {
        return documents.values().stream()
                .filter(document -> document.account().tenant().equals(tenant))
                .filter(document -> document.takesBack() == null)
                .filter(document -> !rebilled.contains(document.id()))
                .flatMap(document -> document.rows().stream())
                .filter(row -> row.line().kind().isUsage());
    }

    Stream<LedgerRow> ledger() {
        return documents.values().stream().flatMap(document -> document.rows().stream());
    }

    private void takeBack(Account account, AccountEvent.InvoiceVoided taken) {
        var original = Objects.requireNonNull(documents.get(taken.invoice()));
        var rows = original.rows().stream().map(row -> Ledger.takenBack(row, taken)).toList();
        var note =
                new Document(
                        taken.creditNote(),
                        account.row(),
                        original.period(),
                        original.sums().negate(),
                        rows,
                        taken.invoice());
        documents.put(note.id(), note);
        voided.put(taken.invoice(), note.id());
        if (taken.rebill()) rebilled.add(taken.invoice());
    }

    Optional<String> voidedBy(String invoice) {
        return Optional.ofNullable(voided.get(invoice));
    }

    /** What is left of an account's credits, as the lines say. */
    List<Credit> credits(Account account) {
        var ids = List.copyOf(account.granted.keySet());
        return IntStream.range(0, ids.size())
                .mapToObj(i -> new Credit(ids.get(i), remaining(account, ids.get(i))))
                .toList();
    }

    private BigDecimal remaining(Account account, String id) {
        return ledger().filter(row -> row.tenant().equals(account.tenant))
                .filter(row -> uses(row, id))
                .map(MemoryBooks::amount)
                .reduce(account.granted.get(id), BigDecimal::add);
    }

    /** Lines that a credit pays with, and the one that takes a carried credit back. */
    private boolean uses(LedgerRow row, String id) {
        var document = Objects.requireNonNull(documents.get(row.invoice()));
        return switch (row.line().kind()) {
            case CREDIT -> id.equals(row.line().book());
            case CARRY -> id.equals("carried/" + document.takesBack());
            case USAGE, UNPRICED, ADJUSTMENT, DISCOUNT, TAX -> false;
        };
    }

    static BigDecimal amount(LedgerRow row) {
        return Objects.requireNonNullElse(row.line().amount(), BigDecimal.ZERO);
    }
}
