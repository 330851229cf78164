package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.Door.Answer;
import io.quartermaster.rest.request.CaughtUp;
import io.quartermaster.rest.table.CsvText;
import io.quartermaster.rest.table.FocusRules;
import io.quartermaster.view.ledger.Invoices;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The books as others read them: FOCUS, tables, pages, reports by label, forecasts, previews. */
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

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
    }

    private void send(String tenant, AccountCommand command) throws InterruptedException {
        var order = new Order(new StreamId("account", tenant), tenant, command);
        var receipt = dispatcher.send(order, Ask.by("test", UUID.randomUUID()));
        assertTrue(views.await(receipt.position(), Duration.ofSeconds(10)));
    }

    private void open(String tenant, String zone, @Nullable String since)
            throws InterruptedException {
        var discount = new Terms.Discount(new BigDecimal("10"), null);
        var terms =
                new Terms(
                        "default",
                        "EUR",
                        zone,
                        since == null ? null : LocalDate.parse(since),
                        new BigDecimal("19"),
                        RoundingMode.HALF_UP,
                        List.of(discount),
                        null);
        send(tenant, new AccountCommand.Define(terms));
    }

    private void report(String name, String tenant, String size, String at) {
        var manifest =
                """
                apiVersion: quartermaster.io/v1alpha1
                kind: Volume
                metadata: {name: %s, tenant: %s, labels: {team: red}}
                spec: {size: %s, tier: ssd, observed: {at: "%s"}}
                """
                        .formatted(name, tenant, size, at);
        var put = door.put("/volumes/" + name).yaml(manifest).send();
        assertTrue(put.status() < 300, put.toString());
    }

    private void price(String book, String meter, String unit, String more) {
        var body =
                """
                {"book": "%s", "from": "2020-01-01T00:00:00Z", "meter": "%s", "currency": "EUR",
                 "unit": "%s", %s}
                """
                        .formatted(book, meter, unit, more);
        var published = door.post("/prices").json(body).send();
        assertEquals(200, published.status(), published.body());
    }

    /** V1 of the worked vectors, priced, with its January closed. */
    private void january(String tenant) throws InterruptedException {
        price(tenant, "storage", "GiB-month", "\"price\": \"0.05\"");
        report(tenant + "-v", tenant, "100Gi", "2026-01-10T00:00:00Z");
        report(tenant + "-v", tenant, "150Gi", "2026-01-20T12:00:00Z");
        gone(tenant + "-v", "2026-01-25T06:00:00Z");
        open(tenant, "UTC", "2026-01-01");
        close(tenant, "2026-01", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
    }

    private void gone(String volume, String at) {
        var path = "/volumes/%s?observedAt=%s".formatted(volume, at);
        assertEquals(204, door.delete(path).send().status());
    }

    /** The daemon closes what is over by itself, perhaps before this does. */
    private void close(String tenant, String month, String from, String to)
            throws InterruptedException {
        var close =
                new AccountCommand.ClosePeriod(
                        tenant + "-" + month, Instant.parse(from), Instant.parse(to));
        send(tenant, close);
        assertTrue(views.await(log.head(), Duration.ofSeconds(10)));
    }

    private Answer table(String path) {
        var answer = door.call("GET", "/api/v1" + path).with("Accept", "text/csv").send();
        assertEquals(200, answer.status(), answer.body());
        assertTrue(String.valueOf(answer.header("content-type")).startsWith("text/csv"));
        return answer;
    }

    @Test
    void the_focus_export_keeps_the_rules_and_sums_up_to_the_invoices() throws Exception {
        report("focus-a-w", "focus-a", "10Gi", "2026-01-31T00:00:00Z");
        gone("focus-a-w", "2026-02-02T00:00:00Z");
        january("focus-a");
        close("focus-a", "2026-02", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
        send("focus-a", new AccountCommand.VoidInvoice("focus-a-2026-01", "wrong", false));
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
        january("focus-b");
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
        report("focus-d-v", "focus-d", "1Gi", "2026-01-10T00:00:00Z");
        gone("focus-d-v", "2026-01-11T00:00:00Z");
        open("focus-d", "UTC", "2026-01-01");
        close("focus-d", "2026-01", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        var export = table("/exports/focus?tenant=focus-d");
        assertEquals("1", export.header("Quartermaster-Unpriced-Lines"));
        assertEquals(1, CsvText.parse(export.body()).size());
    }

    @Test
    void usage_and_costs_come_as_tables_to_those_who_accept_them() throws Exception {
        january("table-a");
        var usage = CsvText.parse(table("/usage?tenant=table-a&groupBy=tier" + JANUARY).body());
        assertEquals(List.of("from", "to", "tier", "meter", "unit", "quantity"), usage.getFirst());
        assertEquals("163509404958720000", usage.getLast().getLast());
        var costs = CsvText.parse(table("/costs?tenant=table-a&groupBy=volume" + JANUARY).body());
        assertEquals("volume/table-a-v", costs.getLast().get(2));
        assertEquals("2.84", costs.getLast().getLast());
    }

    @Test
    void costs_are_grouped_by_labels_and_chosen_by_many_things() throws Exception {
        january("group-a");
        var byLabel = door.get("/costs?tenant=group-a&groupBy=label:team,label:none" + JANUARY);
        assertEquals("red", byLabel.json().at("/items/0/group").get("label:team").asText());
        assertEquals("", byLabel.json().at("/items/0/group").get("label:none").asText());
        for (var none :
                List.of(
                        "labelSelector=team=blue",
                        "resource=volume/x",
                        "meter=machine",
                        "deployment=x")) {
            var chosen = door.get("/costs?tenant=group-a&" + none + JANUARY);
            assertEquals(0, chosen.json().at("/items").size(), none + chosen.body());
        }
        var all = "labelSelector=team%20in%20(red)&resource=volume/group-a-v&meter=storage";
        assertEquals(
                "2.84", door.get("/costs?tenant=group-a&" + all + JANUARY).text("/items/0/amount"));
        assertEquals(400, door.get("/costs?groupBy=label:").status());
        assertEquals(400, door.get("/costs?groupBy=week").status());
    }

    @Test
    void a_forecast_lets_run_what_runs_and_says_so() throws Exception {
        open("ahead-a", "UTC", null);
        price("ahead-a", "storage", "GiB-month", "\"price\": \"0.05\"");
        report("ahead-a-v", "ahead-a", "100Gi", "2026-01-01T00:00:00Z");
        var forecast = door.get("/costs?tenant=ahead-a&forecast=true");
        assertEquals("5.00", forecast.text("/items/0/amount"), forecast.body());
        assertTrue(forecast.text("/assumption").contains("stays as it is"), forecast.body());
        var past =
                door.get(
                        "/costs?tenant=ahead-a&forecast=true&from=2025-01-01T00:00:00Z&to=2025-02-01T00:00:00Z");
        assertEquals(400, past.status(), past.body());
    }

    @Test
    void an_invoice_is_a_page_that_loads_nothing_from_elsewhere() throws Exception {
        january("page-a");
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
        january("page-b");
        send("page-b", new AccountCommand.VoidInvoice("page-b-2026-01", "wrong", false));
        var note = door.get("/invoices/page-b-2026-01-void/page").body();
        assertTrue(
                note.contains(
                        "<strong class=\"mark\">Credit note</strong> It takes back invoice page-b-2026-01"),
                note);
        assertTrue(door.get("/invoices/page-b-2026-01/page").body().contains("taken back by"));
        open("page-d", "UTC", null);
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
        open("page-c", "Europe/Berlin", "2026-01-01");
        close("page-c", "2026-01", "2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z");
        var page = door.get("/invoices/page-c-2026-01/page").body();
        assertTrue(page.contains("2026-01-01 00:00 to 2026-02-01 00:00, Europe/Berlin"), page);
        assertTrue(page.contains("Nothing was used."), page);
    }

    private Answer plan(String name, int replicas) {
        var manifest = Manifest.deployment(name, replicas, name + "-class", name + "-plan");
        return door.post("/deployments/" + name + "/plan").yaml(manifest).send();
    }

    @Test
    void a_preview_tells_costs_before_and_after_and_writes_nothing() {
        door.post("/apply").yaml(Manifest.whole("seen", 2)).send();
        var before = log.head();
        assertFalse(plan("seen", 3).json().hasNonNull("difference"), "there is no price yet");
        price(
                "acme",
                "machine",
                "hour",
                "\"product\": \"seen-class\", \"price\": \"1\", \"month\": \"hours_730\", \"minimumSeconds\": 7200");
        var head = log.head();
        var preview = plan("seen", 3);
        assertEquals(200, preview.status(), preview.body());
        assertEquals(2, preview.json().at("/before/replicas").asInt());
        assertEquals("EUR", preview.text("/after/currency"));
        assertEquals(
                preview.text("/after/amount"),
                new BigDecimal(preview.text("/before/amount"))
                        .add(new BigDecimal(preview.text("/difference")))
                        .toPlainString());
        assertEquals("2.00", preview.text("/added/atLeast"));
        assertTrue(preview.text("/assumptions/0").contains("a whole month"), preview.body());
        assertEquals(head, log.head());
        assertTrue(head > before);
    }

    @Test
    void a_preview_is_also_for_what_is_not_there_yet_and_refuses_what_put_refuses() {
        door.put("/machine-classes/new-class").yaml(Manifest.machineClass("new-class")).send();
        door.put("/plans/new-plan").yaml(Manifest.plan("new-plan", "true")).send();
        var fresh = plan("new", 1);
        assertEquals(200, fresh.status(), fresh.body());
        assertFalse(fresh.json().hasNonNull("before"), fresh.body());
        assertEquals(1, fresh.json().at("/added/machines").asInt());
        assertEquals(404, door.get("/deployments/new").status());
        assertEquals(422, plan("nowhere", 1).status());
        var other = door.post("/deployments/new/plan").yaml(Manifest.plan("new", "true")).send();
        assertEquals(422, other.status(), other.body());
    }
}
