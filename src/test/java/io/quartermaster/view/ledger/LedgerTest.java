package io.quartermaster.view.ledger;

import static io.quartermaster.view.ledger.Bookkeeping.money;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Line.Kind;
import io.quartermaster.billing.usage.Count;
import io.quartermaster.view.World;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From reports to invoices, as the books have them. */
class LedgerTest {
    private final Bookkeeping books = new Bookkeeping();
    private final World world = books.world;
    private final Invoices invoices = books.invoices;

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void v1_is_an_invoice_of_2_84() {
        books.open("0");
        books.v1();
        var invoice = books.closePeriod();
        assertEquals("acme-2026-01", invoice.id());
        assertEquals(money("2.84"), invoice.total());
        assertEquals(invoice.total(), books.sum("acme-2026-01"));
        assertEquals(2, invoice.lines());
        assertEquals(Instant.parse("2026-02-01T00:00:00Z"), invoice.to());
    }

    @Test
    void a_discount_comes_before_the_tax_and_a_credit_pays_the_rest() {
        books.open("19", new Terms.Discount(money("10"), null));
        world.send("account", "acme", new AccountCommand.GrantCredit("welcome", money("1"), "hi"));
        books.v1();
        var invoice = books.closePeriod();
        // 2.84 - 0.28 = 2.56; 19 percent of it are 0.49; 1.00 of 3.05 is paid.
        assertEquals(money("2.56"), invoice.net());
        assertEquals(money("0.49"), invoice.tax());
        assertEquals(money("2.05"), invoice.total());
        assertEquals(invoice.total(), books.sum("acme-2026-01"));
    }

    @Test
    void a_discount_that_ended_within_the_period_is_none() {
        var middle = Instant.parse("2026-01-15T00:00:00Z");
        books.open("0", new Terms.Discount(money("10"), middle));
        books.v1();
        assertEquals(money("2.84"), books.closePeriod().total());
    }

    @Test
    void what_comes_to_light_after_a_period_was_closed_is_adjusted_in_the_next_one() {
        books.open("0");
        books.report(100, "2026-01-10T00:00:00Z");
        var first = books.closePeriod();
        assertEquals(money("3.55"), first.total());
        // It was larger from the 20th on, and gone on the 25th.
        books.report(150, "2026-01-20T12:00:00Z");
        books.gone("2026-01-25T06:00:00Z");
        var second = books.closePeriod();
        assertEquals(money("2.84"), first.total().add(correction()));
        assertEquals(BigDecimal.ZERO.setScale(2), second.total());
        var adjustments = books.lines("acme-2026-02");
        assertEquals(Kind.ADJUSTMENT, adjustments.getFirst().line().kind());
        assertEquals(
                books.lines("acme-2026-01").getFirst().id(), adjustments.getFirst().corrects());
        assertEquals(Kind.CARRY, adjustments.getLast().line().kind());
        assertEquals(0, books.closePeriod().lines(), "nothing is adjusted twice");
    }

    private BigDecimal correction() {
        return books.lines("acme-2026-02").stream()
                .filter(row -> row.line().kind() == Kind.ADJUSTMENT)
                .map(row -> row.line().amount())
                .map(Objects::requireNonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void what_is_owed_to_a_tenant_pays_its_next_invoice() {
        books.open("0");
        books.report(100, "2026-01-10T00:00:00Z");
        books.closePeriod();
        books.gone("2026-01-11T00:00:00Z");
        books.closePeriod();
        books.report(100, "2026-03-01T00:00:00Z");
        var third = books.closePeriod();
        // 3.55 was paid, 0.16 was used; 5.00 less what is left of it.
        assertEquals(money("1.61"), third.total());
        assertEquals("carried/acme-2026-02", credit(books.lines("acme-2026-03")));
    }

    private static @Nullable String credit(List<LedgerRow> rows) {
        return rows.stream()
                .map(LedgerRow::line)
                .filter(line -> line.kind() == Kind.CREDIT)
                .findFirst()
                .orElseThrow()
                .book();
    }

    @Test
    void what_was_used_before_the_first_period_is_billed_with_it() {
        books.report(100, "2025-12-01T00:00:00Z");
        books.open("0");
        var invoice = books.closePeriod();
        assertEquals(money("10.00"), invoice.total(), "December and January");
        assertEquals(2, invoice.lines());
    }

    @Test
    void a_voided_invoice_is_taken_back_line_by_line() {
        books.open("19");
        books.v1();
        var invoice = books.closePeriod();
        books.takeBack(false);
        var note = invoices.find("acme-2026-01-void").orElseThrow();
        assertEquals(invoice.total().negate(), note.total());
        assertEquals(note.total(), books.sum(note.id()));
        assertEquals("voided", invoices.find("acme-2026-01").orElseThrow().state());
        assertEquals(0, books.closePeriod().lines(), "nothing is billed anew");
    }

    @Test
    void a_voided_invoice_can_be_billed_anew_with_the_next_one() {
        books.open("19");
        books.v1();
        var invoice = books.closePeriod();
        books.takeBack(true);
        assertEquals(invoice.total(), books.closePeriod().total());
        assertEquals(0, books.closePeriod().lines());
    }

    @Test
    void usage_without_a_price_stands_on_the_invoice_without_an_amount() {
        books.open("0");
        world.send(Count.STREAM, "acme/1", "acme", count("mails", "2026-01-03T10:00:00Z", 5));
        var invoice = books.closePeriod();
        assertEquals(1, invoice.unpriced());
        assertEquals(Kind.UNPRICED, books.lines("acme-2026-01").getFirst().line().kind());
    }

    private static Count.Command count(String meter, String at, long count) {
        return new Count.Command.Report(
                new Count.Record("acme", meter, "", "", "", Instant.parse(at), count, Map.of()));
    }

    @Test
    void what_is_counted_is_one_line_a_month_and_a_late_count_is_adjusted() {
        books.open("0");
        books.price("calls", "count", "0.01");
        for (int i = 0; i < 20; i++) {
            var at = "2026-01-%02dT10:00:00Z".formatted(i + 1);
            world.send(Count.STREAM, "acme/c" + i, "acme", count("calls", at, 10));
        }
        assertEquals(1, books.closePeriod().lines());
        world.send(Count.STREAM, "acme/late", "acme", count("calls", "2026-01-31T23:59:59Z", 7));
        assertEquals(money("2.00"), books.sum("acme-2026-01"));
        assertEquals(money("0.07"), books.closePeriod().total());
    }

    @Test
    void a_document_gets_one_number() {
        books.open("0");
        books.v1();
        books.closePeriod();
        var documents = invoices.unissued(10).get("default");
        world.send(Issuer.STREAM, "default", new Issuer.Command.Issue(documents));
        var issued = invoices.find("acme-2026-01").orElseThrow();
        assertEquals("default-000001", issued.numberText());
        assertEquals(issued.digest(), issued.sealed());
        assertEquals(Map.of(), invoices.unissued(10));
    }

    @Test
    void the_open_period_has_a_draft_that_grows() {
        books.open("0");
        books.report(100, "2026-01-01T00:00:00Z");
        var account = invoices.account("acme").orElseThrow();
        var half = Instant.parse("2026-01-16T12:00:00Z");
        assertEquals(money("2.50"), invoices.draft(account, half).invoice().total());
        var end = half.plus(Duration.ofDays(90));
        assertEquals(money("5.00"), invoices.draft(account, end).invoice().total());
    }

    @Test
    void lines_are_only_ever_added() {
        books.open("0");
        books.v1();
        books.closePeriod();
        for (var harm : List.of("UPDATE ledger_line SET amount = 0", "DELETE FROM ledger_line")) {
            assertThrows(
                    RuntimeException.class,
                    () -> new io.quartermaster.engine.Database(world.source).update(harm));
        }
        assertEquals(money("2.84"), books.sum("acme-2026-01"));
    }
}
