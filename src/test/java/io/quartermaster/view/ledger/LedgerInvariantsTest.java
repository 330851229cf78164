package io.quartermaster.view.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.price.Line;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.es.Envelope;
import io.quartermaster.view.ledger.Document.Sums;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of every ledger, whatever happened; a failing seed is named and replays. */
class LedgerInvariantsTest {
    private static final int HISTORIES = 2_000;

    static void forEachSeed(LongConsumer check) {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                check.accept(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    private static BigDecimal sum(Document document, List<Kind> kinds) {
        return document.rows().stream()
                .filter(row -> kinds.contains(row.line().kind()))
                .map(MemoryBooks::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(2);
    }

    @Test
    void a_document_is_the_sum_of_its_rounded_lines() {
        forEachSeed(
                seed -> {
                    var books = MemoryBooks.of(PaidHistory.unsteady(seed).log);
                    for (var document : books.documents.values()) {
                        var net =
                                List.of(Kind.USAGE, Kind.UNPRICED, Kind.ADJUSTMENT, Kind.DISCOUNT);
                        var sums =
                                new Sums(
                                        sum(document, net),
                                        sum(document, List.of(Kind.TAX)),
                                        sum(document, List.of(Kind.values())));
                        assertEquals(sums, document.sums());
                    }
                });
    }

    /** What is booked for each subject of each tenant; nothing where that adds up to nothing. */
    private static Map<Object, List<BigDecimal>> booked(MemoryBooks books) {
        var booked = new HashMap<Object, List<BigDecimal>>();
        for (var tenant : books.accounts.keySet()) {
            books.booked(tenant)
                    .forEach(
                            row ->
                                    booked.merge(
                                            List.of(tenant, subject(row.line())),
                                            List.of(row.line().units(), MemoryBooks.amount(row)),
                                            LedgerInvariantsTest::plus));
        }
        booked.replaceAll(
                (subject, sums) -> sums.stream().map(BigDecimal::stripTrailingZeros).toList());
        booked.values().removeIf(sums -> sums.stream().allMatch(each -> each.signum() == 0));
        return booked;
    }

    private static Object subject(Line line) {
        return List.of(
                line.about(),
                line.from(),
                line.to(),
                line.unit(),
                String.valueOf(line.book()),
                line.version());
    }

    private static List<BigDecimal> plus(List<BigDecimal> one, List<BigDecimal> other) {
        return List.of(one.get(0).add(other.get(0)), one.get(1).add(other.get(1)));
    }

    /** The same history when everything is known before anything is closed or taken back. */
    private static List<Envelope<?>> onTime(List<Envelope<?>> log) {
        var known = log.stream().filter(each -> !(each.event() instanceof AccountEvent));
        var accounts =
                log.stream()
                        .filter(each -> each.event() instanceof AccountEvent)
                        .filter(each -> !(each.event() instanceof AccountEvent.InvoiceVoided));
        return Stream.<Envelope<?>>concat(known, accounts).toList();
    }

    @Test
    void what_comes_to_light_late_is_booked_as_if_it_had_been_on_time() {
        forEachSeed(
                seed -> {
                    var log = PaidHistory.steady(seed).settle().log;
                    assertEquals(booked(MemoryBooks.of(onTime(log))), booked(MemoryBooks.of(log)));
                });
    }

    @Test
    void what_is_voided_and_billed_anew_is_booked_as_if_nothing_had_been_wrong() {
        forEachSeed(
                seed -> {
                    var history = PaidHistory.steady(seed).settle();
                    var books = MemoryBooks.of(history.log);
                    var before = booked(books);
                    int known = history.log.size();
                    history.takeAllBack().settle();
                    history.log.subList(known, history.log.size()).forEach(books::apply);
                    var later = booked(books);
                    before.forEach((subject, sums) -> assertEquals(sums, later.get(subject)));
                });
    }

    @Test
    void rating_again_at_the_same_prices_posts_nothing() {
        forEachSeed(
                seed -> {
                    var history = PaidHistory.unsteady(seed).settle();
                    int known = history.log.size();
                    history.settle();
                    var books = MemoryBooks.of(history.log);
                    for (var closed : history.log.subList(known, history.log.size())) {
                        var event = (AccountEvent.PeriodClosed) closed.event();
                        var document = Objects.requireNonNull(books.documents.get(event.invoice()));
                        assertFalse(
                                document.rows().stream()
                                        .anyMatch(row -> row.line().kind() == Kind.ADJUSTMENT));
                    }
                });
    }

    /** The facts between two events that are none, in another order and some of them twice. */
    private static List<Envelope<?>> disturbed(List<Envelope<?>> log, Random random) {
        var disturbed = new ArrayList<Envelope<?>>();
        var facts = new ArrayList<Envelope<?>>();
        for (var envelope : log) {
            if (PaidHistory.isFact(envelope)) {
                facts.add(envelope);
                if (random.nextInt(4) == 0) facts.add(envelope);
            } else {
                Collections.shuffle(facts, random);
                disturbed.addAll(facts);
                facts.clear();
                disturbed.add(envelope);
            }
        }
        return disturbed;
    }

    @Test
    void neither_order_nor_repeats_of_facts_change_the_ledger_ids_included() {
        forEachSeed(
                seed -> {
                    var log = PaidHistory.unsteady(seed).settle().log;
                    var disturbed = disturbed(log, new Random(seed));
                    assertEquals(
                            MemoryBooks.of(log).ledger().toList(),
                            MemoryBooks.of(disturbed).ledger().toList());
                });
    }

    @Test
    void every_line_has_an_id_of_its_own() {
        forEachSeed(
                seed -> {
                    var ids = new HashSet<>();
                    MemoryBooks.of(PaidHistory.unsteady(seed).settle().log)
                            .ledger()
                            .forEach(row -> assertTrue(ids.add(row.id())));
                });
    }

    @Test
    void a_credit_note_mirrors_its_invoice_line_by_line() {
        forEachSeed(
                seed -> {
                    var books = MemoryBooks.of(PaidHistory.unsteady(seed).takeAllBack().log);
                    for (var note : books.documents.values()) {
                        if (note.takesBack() == null) continue;
                        var invoice = Objects.requireNonNull(books.documents.get(note.takesBack()));
                        assertEquals(invoice.sums().negate(), note.sums());
                        assertEquals(invoice.rows().size(), note.rows().size());
                        for (int i = 0; i < note.rows().size(); i++) {
                            var row = invoice.rows().get(i);
                            var back = note.rows().get(i);
                            assertEquals(row.id(), back.corrects());
                            assertEquals(subject(row.line()), subject(back.line()));
                            assertEquals(row.line().units().negate(), back.line().units());
                            assertEquals(
                                    MemoryBooks.amount(row).negate(), MemoryBooks.amount(back));
                        }
                    }
                });
    }

    @Test
    void no_invoice_takes_more_of_a_credit_than_is_left_and_none_leaves_a_debt() {
        forEachSeed(
                seed -> {
                    var books = new MemoryBooks();
                    var history = PaidHistory.steady(seed).settle().takeSomeBack().settle();
                    for (var envelope : history.log) {
                        books.apply(envelope);
                        if (!(envelope.event() instanceof AccountEvent.PeriodClosed)) continue;
                        var account = books.account(envelope.stream().key());
                        for (var credit : books.credits(account)) {
                            assertTrue(credit.remaining().signum() >= 0, credit.toString());
                        }
                    }
                });
    }
}
