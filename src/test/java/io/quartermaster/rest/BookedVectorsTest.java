package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quartermaster.machine.MachineCommand;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worked vectors of the design, from manifests to invoices; the test plays the runner. */
@QuarkusTest
@TestProfile(SettableTime.Profile.class)
@QuarkusTestResource(EmptyDatabase.class)
class BookedVectorsTest {
    private static final List<String> MONTHS = List.of("2026-02", "2026-03", "2026-10");

    @TestHTTPResource("/")
    URI root;

    @Inject BookDoor books;

    @BeforeEach
    void openTheDoor() {
        books.at(root);
    }

    @Test
    void v1_is_an_invoice_of_2_84() {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-a", "");
        books.storage("book-a", "2020-01-01T00:00:00Z", "0.05", "");
        books.v1("book-a");
        var invoice = books.finalised("book-a-2026-01");
        assertEquals("2.84", invoice.text("/total"), invoice.body());
        assertEquals("finalised", invoice.text("/state"));
        var lines = books.lines("book-a-2026-01");
        assertEquals("1.69", lines.text("/items/0/amount"), lines.body());
        assertEquals("1.15", lines.text("/items/1/amount"), lines.body());
    }

    @Test
    void v1_is_an_invoice_of_2_90_by_months_of_730_hours() {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-b", "");
        books.storage("book-b", "2020-01-01T00:00:00Z", "0.05", ", \"month\": \"hours_730\"");
        books.v1("book-b");
        assertEquals("2.90", books.finalised("book-b-2026-01").text("/total"));
    }

    @Test
    void v2_with_a_price_that_changes_is_an_invoice_of_3_25() {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-c", "");
        books.storage("book-c", "2020-01-01T00:00:00Z", "0.05", "");
        books.storage("book-c", "2026-01-15T00:00:00Z", "0.06", "");
        books.v1("book-c");
        assertEquals("3.25", books.finalised("book-c-2026-01").text("/total"));
        var amounts = books.lines("book-c-2026-01").json().findValuesAsText("amount");
        assertEquals(List.of("0.81", "1.06", "1.38"), amounts);
    }

    @Test
    void v3_started_hours_cost_up_to_the_cap() throws Exception {
        books.at("2026-01-01T00:00:00Z");
        books.tenant("book-d", "");
        books.price(
                "book-d",
                "2020-01-01T00:00:00Z",
                "machine",
                "hour",
                "\"price\": \"0.0060\", \"cap\": \"3.79\", \"granularity\": \"hour\"");
        var hours = Map.of("m-1", 1, "m-500", 500, "m-672", 672, "m-744", 744);
        var january = Instant.parse("2026-01-01T00:00:00Z");
        for (var id : hours.keySet()) books.ready(id, "book-d");
        for (var each : hours.entrySet()) {
            // Less than the last hour was used up; it was begun.
            books.at(january.plus(Duration.ofHours(each.getValue())).minusSeconds(1));
            books.play(each.getKey(), "book-d", new MachineCommand.Release("done"));
        }
        books.at("2026-02-01T00:00:00Z");
        assertEquals(
                "10.59", books.finalised("book-d-2026-01").text("/total"), "0.01 3.00 3.79 3.79");
        var lines = books.lines("book-d-2026-01").json().at("/items");
        for (var line : lines) {
            var id = line.at("/resource").asText().substring("machine/".length());
            var exact = Map.of("m-1", "0.01", "m-500", "3.00", "m-672", "3.79", "m-744", "3.79");
            assertEquals(exact.get(id), line.at("/amount").asText(), line.toString());
            assertEquals(hours.get(id), line.at("/units").asInt(), line.toString());
        }
        var explained = books.door().get("/invoices/book-d-2026-01/lines/1/explain").body();
        assertTrue(explained.contains("0.006"), explained);
    }

    @Test
    void v4_a_whole_month_is_a_month_whatever_its_length() {
        books.at("2026-02-01T00:00:00Z");
        books.tenant("book-e", ", timeZone: Europe/Berlin");
        books.storage("book-e", "2020-01-01T00:00:00Z", "0.05", "");
        books.at("2026-01-31T23:00:00Z");
        books.volume("book-e-v", "book-e", "7Gi");
        for (int month = 2; month <= 10; month++) {
            books.at("2026-%02d-01T00:00:00Z".formatted(month + 1));
            books.finalised("book-e-2026-%02d".formatted(month));
        }
        for (var month : MONTHS) {
            var lines = books.lines("book-e-" + month);
            assertEquals("7", lines.text("/items/0/units"), month + lines.body());
        }
        books.at("2028-02-01T00:00:00Z");
        books.tenant("book-f", "");
        books.storage("book-f", "2020-01-01T00:00:00Z", "0.05", "");
        books.volume("book-f-v", "book-f", "7Gi");
        books.at("2028-03-01T00:00:00Z");
        books.finalised("book-f-2028-02");
        assertEquals("7", books.lines("book-f-2028-02").text("/items/0/units"));
    }
}
