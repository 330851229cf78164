package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.Door.Answer;
import io.quartermaster.rest.table.CsvText;
import io.quartermaster.rest.table.FocusRules;
import io.quartermaster.view.CaughtUp;
import io.quartermaster.view.ledger.Invoices;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The books as others read them: FOCUS, tables, pages. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class BooksOutTest {
    private static final String JANUARY = "&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";

    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;
    @Inject Dispatcher dispatcher;
    @Inject CaughtUp views;
    @Inject Invoices invoices;

    private Door door;
    private PaidTenants books;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
        books = new PaidTenants(door, dispatcher, views, log);
    }

    private Answer table(String path) {
        var answer = door.call("GET", "/api/v1" + path).with("Accept", "text/csv").send();
        assertEquals(200, answer.status(), answer.body());
        assertTrue(String.valueOf(answer.header("content-type")).startsWith("text/csv"));
        return answer;
    }

    @Test
    void the_focus_export_keeps_the_rules_and_sums_up_to_the_invoices() throws Exception {
        books.report("focus-a-w", "focus-a", "10Gi", "2026-01-31T00:00:00Z");
        books.gone("focus-a-w", "2026-02-02T00:00:00Z");
        books.january("focus-a");
        books.close("focus-a", "2026-02", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        books.send("focus-a", new AccountCommand.VoidInvoice("focus-a-2026-01", "wrong", false));
        var export = table("/exports/focus?tenant=focus-a");
        var totals = new HashMap<String, BigDecimal>();
        for (var row : invoices.list("focus-a", 0, 100)) totals.put(row.id(), row.total());
        assertTrue(totals.containsKey("focus-a-2026-01-void"), totals.toString());
        var rows = CsvText.parse(export.body());
        assertTrue(rows.size() > 10, export.body());
        assertEquals(List.of(), FocusRules.violations(rows, totals), export.body());
        assertEquals("0", export.header("Quartermaster-Unpriced-Lines"));
    }

    @Test
    void the_focus_export_can_be_of_one_invoice_or_of_some_months() throws Exception {
        books.january("focus-b");
        var one = CsvText.parse(table("/exports/focus?invoice=focus-b-2026-01").body());
        assertEquals(5, one.size(), "two lines, a discount and a tax below the header");
        var none =
                table(
                        "/exports/focus?tenant=focus-b&from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z");
        assertEquals(1, CsvText.parse(none.body()).size());
        assertEquals(404, door.get("/exports/focus?invoice=focus-c-2026-01").status());
        assertEquals(400, door.get("/exports/focus?from=January").status());
    }

    @Test
    void lines_without_a_price_are_counted_in_a_header() throws Exception {
        books.report("focus-d-v", "focus-d", "1Gi", "2026-01-10T00:00:00Z");
        books.gone("focus-d-v", "2026-01-11T00:00:00Z");
        books.open("focus-d", "UTC", "2026-01-01");
        books.close("focus-d", "2026-01", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        var export = table("/exports/focus?tenant=focus-d");
        assertEquals("1", export.header("Quartermaster-Unpriced-Lines"));
        assertEquals(1, CsvText.parse(export.body()).size());
    }

    @Test
    void usage_and_costs_come_as_tables_to_those_who_accept_them() throws Exception {
        books.january("table-a");
        var usage = CsvText.parse(table("/usage?tenant=table-a&groupBy=tier" + JANUARY).body());
        assertEquals(List.of("from", "to", "tier", "meter", "unit", "quantity"), usage.getFirst());
        assertEquals("163509404958720000", usage.getLast().getLast());
        var costs = CsvText.parse(table("/costs?tenant=table-a&groupBy=volume" + JANUARY).body());
        assertEquals("volume/table-a-v", costs.getLast().get(2));
        assertEquals("2.84", costs.getLast().getLast());
    }

    @Test
    void an_invoice_is_a_page_that_loads_nothing_from_elsewhere() throws Exception {
        books.january("page-a");
        var page = door.get("/invoices/page-a-2026-01/page");
        assertEquals(200, page.status(), page.body());
        assertTrue(page.body().contains("<html lang=\"en\">"), page.body());
        assertTrue(page.body().contains("Use of storage of ssd by volume/page-a-v"), page.body());
        assertTrue(
                page.body()
                        .contains(
                                invoices.find("page-a-2026-01")
                                        .orElseThrow()
                                        .total()
                                        .toPlainString()));
        assertFalse(page.body().matches("(?s).*(src|href)=.*"), "no external resources");
        var css = page.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
        var digest =
                MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
        var policy = page.header("content-security-policy");
        assertNotNull(policy);
        assertTrue(policy.startsWith("default-src 'none'"), policy);
        assertTrue(
                policy.contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'"),
                policy);
    }

    @Test
    void credit_notes_and_drafts_are_marked_and_what_is_no_invoice_is_not_found() throws Exception {
        books.january("page-b");
        books.send("page-b", new AccountCommand.VoidInvoice("page-b-2026-01", "wrong", false));
        var note = door.get("/invoices/page-b-2026-01-void/page").body();
        assertTrue(
                note.contains(
                        "<strong class=\"mark\">Credit note</strong> It takes back invoice page-b-2026-01"),
                note);
        assertTrue(door.get("/invoices/page-b-2026-01/page").body().contains("taken back by"));
        books.open("page-d", "UTC", null);
        var open = invoices.account("page-d").orElseThrow();
        var id = open.terms().invoice("page-d", open.open());
        var draft = door.get("/invoices/" + id + "/page").body();
        assertTrue(draft.contains("<strong class=\"mark\">Draft</strong>"), draft);
        assertEquals(404, door.get("/invoices/page-b-2031-03/page").status());
        assertEquals(404, door.get("/invoices/nobody-2026-02/page").status());
        assertEquals(404, door.get("/invoices/%3Cscript%3E/page").status());
    }

    @Test
    void a_page_shows_its_period_in_the_tenants_zone() throws Exception {
        books.open("page-c", "Europe/Berlin", "2026-01-01");
        books.close("page-c", "2026-01", "2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z");
        var page = door.get("/invoices/page-c-2026-01/page").body();
        assertTrue(page.contains("2026-01-01 00:00 to 2026-02-01 00:00, Europe/Berlin"), page);
        assertTrue(page.contains("Nothing was used."), page);
    }
}
