package io.quartermaster.view.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.price.Price.Granularity;
import io.quartermaster.billing.price.Prices;
import io.quartermaster.billing.price.Published;
import io.quartermaster.billing.usage.Count;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Slice;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of every line when it is booked; a failing seed is named and replays. */
class LineInvariantsTest {

    private interface Check {
        /** Of an invoice that was made this moment. */
        void of(MemoryBooks books, Document invoice);
    }

    private static void forEachInvoice(Check check) {
        LedgerInvariantsTest.forEachSeed(
                seed -> {
                    var books = new MemoryBooks();
                    for (var envelope : PaidHistory.unsteady(seed).log) {
                        books.apply(envelope);
                        if (envelope.event() instanceof AccountEvent.PeriodClosed closed) {
                            var invoice = books.documents.get(closed.invoice());
                            check.of(books, Objects.requireNonNull(invoice));
                        }
                    }
                });
    }

    private static Stream<LedgerRow> usage(Document invoice) {
        return invoice.rows().stream().filter(row -> row.line().kind().isUsage());
    }

    /** Those of the invoice's own period. */
    private static List<LedgerRow> own(Document invoice) {
        return usage(invoice).filter(row -> row.line().kind() != Kind.ADJUSTMENT).toList();
    }

    @Test
    void every_line_comes_from_events_of_its_resource() {
        forEachInvoice(
                (books, invoice) ->
                        usage(invoice)
                                .map(LedgerRow::line)
                                .filter(line -> !Meter.isCount(line.about().meter()))
                                .forEach(
                                        line -> {
                                            assertFalse(line.explanation().events().isEmpty());
                                            for (var id : line.explanation().events()) {
                                                fact(books, line, id);
                                            }
                                        }));
    }

    private static Fact fact(MemoryBooks books, Line line, UUID event) {
        return Objects.requireNonNull(books.usage.facts.get(line.about().resource())).stream()
                .filter(fact -> fact.eventId().equals(event))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void no_line_comes_from_an_event_that_made_the_resource_somebody_elses() {
        forEachInvoice(
                (books, invoice) -> {
                    for (var row : own(invoice)) {
                        var line = row.line();
                        for (var id : line.explanation().events()) {
                            var at = fact(books, line, id).at();
                            var status = holding(books, line.about().resource(), at).status();
                            assertEquals(row.tenant(), status.tenant());
                            assertEquals(line.about().product(), status.product());
                            assertFalse(at.isAfter(line.from()));
                        }
                    }
                });
    }

    private static Segment holding(MemoryBooks books, String resource, Instant at) {
        return books.usage.life(resource).reversed().stream()
                .filter(segment -> !segment.from().isAfter(at))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_line_of_counts_is_the_sum_of_its_reports() {
        forEachInvoice(
                (books, invoice) -> {
                    for (var row : own(invoice)) {
                        var line = row.line();
                        if (!Meter.isCount(line.about().meter())) continue;
                        long sum =
                                books.usage.counts.values().stream()
                                        .filter(each -> each.tenant().equals(row.tenant()))
                                        .filter(each -> about(each).equals(line.about()))
                                        .filter(each -> !each.at().isBefore(line.from()))
                                        .filter(each -> each.at().isBefore(line.to()))
                                        .mapToLong(each -> each.count())
                                        .sum();
                        assertEquals(sum, line.units().longValueExact());
                    }
                });
    }

    private static Line.About about(Count.Record record) {
        return new Line.About(
                record.resource(),
                record.meter(),
                record.product(),
                record.group(),
                record.labels());
    }

    @Test
    void every_interval_has_one_line_for_each_version_of_a_price_or_costs_nothing() {
        forEachInvoice(
                (books, invoice) -> {
                    var period = invoice.period();
                    var rows = own(invoice);
                    var account = books.account(invoice.account().tenant());
                    var prices = books.prices(account);
                    for (var slice :
                            books.usage.slices(account.tenant, period.from(), period.to())) {
                        var lines = rows.stream().map(LedgerRow::line);
                        check(slice, lines.filter(line -> isOf(line, slice)).toList(), prices);
                    }
                });
    }

    private static boolean isOf(Line line, Slice slice) {
        var status = slice.status();
        var about =
                new Line.About(
                        slice.resource(),
                        slice.meter(),
                        status.product(),
                        status.group(),
                        status.labels());
        return line.about().equals(about)
                && line.from().isBefore(slice.to())
                && slice.from().isBefore(line.to());
    }

    private static void check(Slice slice, List<Line> lines, Prices prices) {
        var versions = new HashSet<>();
        var covered = slice.from();
        for (var line : lines.stream().sorted(Comparator.comparing(Line::from)).toList()) {
            assertTrue(versions.add(List.of(String.valueOf(line.book()), line.version())));
            if (covered.isBefore(line.from())) costsNothing(slice, covered, prices);
            assertFalse(line.from().isBefore(covered) && !Meter.isCount(slice.meter()));
            assertEquals(price(prices, slice, line.from()).map(Published::book), book(line));
            covered = line.to();
        }
        if (covered.isBefore(slice.to())) costsNothing(slice, covered, prices);
    }

    private static Optional<String> book(Line line) {
        return Optional.ofNullable(line.book());
    }

    /** Not paid for in this phase, empty, or paid for already by started hours. */
    private static void costsNothing(Slice slice, Instant at, Prices prices) {
        var price = price(prices, slice, at).orElseThrow().price();
        assertTrue(
                price.billed().since(slice.status()) == null
                        || slice.status().size() == 0
                        || price.granularity() != Granularity.SECOND
                        || price.minimumSeconds() > 0);
    }

    /** The price of an instant, found as plainly as can be. */
    private static Optional<Published> price(Prices prices, Slice slice, Instant at) {
        for (var book : List.of(prices.own(), prices.general())) {
            for (boolean isForProduct : List.of(true, false)) {
                Published found = null;
                for (var each : book) {
                    if (!isFor(each.price(), slice, isForProduct)) continue;
                    if (each.price().from().isAfter(at)) continue;
                    boolean isLater =
                            found == null || !each.price().from().isBefore(found.price().from());
                    if (isLater) found = each;
                }
                if (found != null) return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static boolean isFor(Price price, Slice slice, boolean isForProduct) {
        var product = slice.status().product();
        return price.meter().equals(slice.meter())
                && (isForProduct ? product.equals(price.product()) : price.product() == null);
    }
}
