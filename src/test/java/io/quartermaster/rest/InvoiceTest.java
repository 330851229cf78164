package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quartermaster.engine.EventLog;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Periods, invoices, adjustments and credit notes at a time that the test sets. */
@QuarkusTest
@TestProfile(SettableTime.Profile.class)
@QuarkusTestResource(EmptyDatabase.class)
class InvoiceTest {
    @TestHTTPResource("/")
    URI root;

    @Inject BookDoor books;
    @Inject EventLog log;

    @BeforeEach
    void openTheDoor() {
        books.at(root);
    }

    @Test
    void a_period_is_closed_by_itself_a_day_after_its_end() throws Exception {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-g", "");
        books.storage("book-g", "2020-01-01T00:00:00Z", "0.05", "");
        books.volume("book-g-v", "book-g", "10Gi");
        books.at("2026-02-01T23:59:59Z");
        assertEquals("draft", books.door().get("/invoices/book-g-2026-01").text("/state"));
        assertEquals("0.50", books.door().get("/invoices/book-g-2026-01").text("/total"));
        books.at("2026-02-02T00:00:01Z");
        var state = "draft";
        for (int looks = 0; looks < 20 && state.equals("draft"); looks++) {
            log.await(log.head() + 1, Duration.ofSeconds(2));
            state = books.door().get("/invoices/book-g-2026-01").text("/state");
        }
        assertNotEquals("draft", state);
        assertEquals("0.50", books.door().get("/invoices/book-g-2026-01").text("/total"));
    }

    @Test
    void what_is_reported_late_is_adjusted_and_explained() {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-h", "");
        books.storage("book-h", "2020-01-01T00:00:00Z", "0.05", "");
        books.at("2026-02-01T00:00:00Z");
        books.finalised("book-h-2026-01");
        books.ok(
                books.door()
                        .put("/volumes/book-h-v")
                        .yaml(
                                """
                                apiVersion: quartermaster.io/v1alpha1
                                kind: Volume
                                metadata: {name: book-h-v, tenant: book-h}
                                spec: {size: 10Gi, tier: ssd, observed: {at: "2026-01-01T00:00:00Z"}}
                                """));
        books.at("2026-03-01T00:00:00Z");
        var invoice = books.finalised("book-h-2026-02");
        assertEquals("1.00", invoice.text("/total"), invoice.body());
        var line = books.lines("book-h-2026-02").json().at("/items/1");
        assertEquals("adjustment", line.at("/kind").asText(), line.toString());
        var explained = books.door().get("/invoices/book-h-2026-02/lines/2/explain");
        assertEquals("volume.reported", explained.text("/events/0/event"), explained.body());
        assertEquals("0.05", explained.text("/price/price"), explained.body());
    }

    @Test
    void a_price_for_a_closed_period_is_refused_with_the_period() {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-i", "");
        books.at("2026-02-01T00:00:00Z");
        books.finalised("book-i-2026-01");
        var refused =
                books.door()
                        .post("/prices")
                        .json(
                                """
                                {"book": "book-i", "from": "2026-01-31T00:00:00Z", "price": "1",
                                 "meter": "storage", "unit": "GiB-month", "currency": "EUR"}
                                """)
                        .send();
        assertEquals(409, refused.status(), refused.body());
        assertEquals("period-closed", refused.text("/code"));
        assertTrue(refused.body().contains("2026-02-01T00:00:00Z"), refused.body());
    }

    @Test
    void an_invoice_is_voided_by_a_credit_note() {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-j", ", billing: {taxPercent: \"19\"}");
        books.storage("book-j", "2020-01-01T00:00:00Z", "0.05", "");
        books.v1("book-j");
        assertEquals("3.38", books.finalised("book-j-2026-01").text("/total"));
        var voided =
                books.ok(
                        books.door()
                                .post("/invoices/book-j-2026-01/void")
                                .json("{\"reason\": \"wrong\"}"));
        assertEquals("voided", voided.text("/state"), voided.body());
        var note = books.door().get("/invoices/" + voided.text("/voidedBy"));
        assertEquals("-3.38", note.text("/total"), note.body());
        var again =
                books.door()
                        .post("/invoices/book-j-2026-01/void")
                        .json("{\"reason\": \"x\"}")
                        .send();
        assertEquals(409, again.status(), again.body());
    }

    @Test
    void counts_are_reported_once_and_priced() {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-k", "");
        books.price("book-k", "2020-01-01T00:00:00Z", "mails", "count", "\"price\": \"0.001\"");
        books.at("2026-01-02T00:00:00Z");
        var body =
                """
                {"records": [
                  {"id": "1", "tenant": "book-k", "meter": "mails", "count": 700,
                   "at": "2026-01-01T10:00:00Z", "labels": {"team": "x"}},
                  {"id": "2", "tenant": "book-k", "meter": "mails", "count": 300,
                   "at": "2026-01-01T11:00:00Z", "labels": {"team": "x"}}]}
                """;
        assertEquals("2", books.ok(books.door().post("/usage").json(body)).text("/recorded"));
        assertEquals("2", books.ok(books.door().post("/usage").json(body)).text("/repeated"));
        books.at("2026-02-01T00:00:00Z");
        assertEquals("1.00", books.finalised("book-k-2026-01").text("/total"));
        var explained = books.door().get("/invoices/book-k-2026-01/lines/1/explain");
        assertEquals(2, explained.json().at("/events").size(), explained.body());
        var units = new BigDecimal(books.lines("book-k-2026-01").text("/items/0/units"));
        assertEquals(new BigDecimal("1000"), units);
    }
}
