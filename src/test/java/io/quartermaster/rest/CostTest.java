package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.Door.Answer;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From reports of storage and published prices to what it costs. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class CostTest {
    private static final String JANUARY = "&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";

    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;

    private Door door;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
    }

    /** The volume of the worked vectors. */
    private void volume(String tenant) {
        report(tenant, "100Gi", "2026-01-10T00:00:00Z");
        report(tenant, "150Gi", "2026-01-20T12:00:00Z");
        var gone = "/volumes/%s-v?observedAt=2026-01-25T06:00:00Z".formatted(tenant);
        assertEquals(204, door.delete(gone).send().status());
    }

    private void report(String tenant, String size, String at) {
        var manifest =
                """
                apiVersion: quartermaster.io/v1alpha1
                kind: Volume
                metadata: {name: %s-v, tenant: %s}
                spec: {size: %s, tier: ssd, observed: {at: "%s"}}
                """
                        .formatted(tenant, tenant, size, at);
        var put = door.put("/volumes/" + tenant + "-v").yaml(manifest).send();
        assertTrue(put.status() < 300, put.toString());
    }

    private void price(String tenant, String from, String price, String more) {
        var published = publish(tenant, from, "\"price\": \"" + price + "\"" + more);
        assertEquals(200, published.status(), published.body());
    }

    private Answer publish(String tenant, String from, String rest) {
        return door.post("/prices")
                .json(
                        """
                        {"book": "%s", "from": "%s", %s%s%s%s}
                        """
                                .formatted(
                                        tenant,
                                        from,
                                        unless(rest, "meter", "storage"),
                                        unless(rest, "currency", "EUR"),
                                        unless(rest, "unit", "GiB-month"),
                                        rest))
                .send();
    }

    private static String unless(String rest, String field, String value) {
        return rest.contains("\"" + field + "\"") ? "" : "\"%s\": \"%s\", ".formatted(field, value);
    }

    private Answer costs(String tenant, String more) {
        var costs = door.get("/costs?tenant=" + tenant + JANUARY + more);
        assertEquals(200, costs.status(), costs.body());
        return costs;
    }

    @Test
    void v1_costs_2_84_by_the_calendar_and_2_90_by_730_hours() {
        volume("cost-a");
        price("cost-a", "2020-01-01T00:00:00Z", "0.05", "");
        assertEquals("2.84", costs("cost-a", "").text("/items/0/amount"));
        price("cost-a", "2020-01-01T00:00:00Z", "0.05", ", \"month\": \"hours_730\"");
        assertEquals("2.90", costs("cost-a", "").text("/items/0/amount"));
    }

    @Test
    void v2_with_a_price_that_changes_costs_3_25() {
        volume("cost-b");
        price("cost-b", "2020-01-01T00:00:00Z", "0.05", "");
        price("cost-b", "2026-01-15T00:00:00Z", "0.06", "");
        assertEquals("3.25", costs("cost-b", "").text("/items/0/amount"));
        var daily = costs("cost-b", "&resolution=day&groupBy=resource");
        assertEquals(16, daily.json().at("/items").size(), daily.body());
        assertEquals("0.16", daily.text("/items/0/amount"), "100 GiB x 24 h / 744 h x 0.05");
        assertEquals("volume/cost-b-v", daily.text("/items/0/group/resource"));
    }

    @Test
    void a_part_of_a_month_costs_what_is_left_of_the_tiers() {
        volume("cost-c");
        var tiers = "\"tiers\": [{\"upTo\": \"12\", \"price\": \"1\"}, {\"price\": \"0.1\"}]";
        assertEquals(200, publish("cost-c", "2020-01-01T00:00:00Z", tiers).status());
        var part =
                door.get("/costs?tenant=cost-c&from=2026-01-15T00:00:00Z&to=2026-02-01T00:00:00Z");
        // 56.854838... units in all: 16.129... before that day have used up the first tier.
        assertEquals("4.07", part.text("/items/0/amount"), part.body());
    }

    @Test
    void usage_without_a_price_has_no_amount() {
        volume("cost-d");
        var costs = costs("cost-d", "");
        assertEquals(1, costs.json().at("/items").size(), costs.body());
        assertTrue(!costs.json().at("/items/0").hasNonNull("amount"), costs.body());
    }

    @Test
    void prices_are_shown_as_they_were_published_and_the_same_one_counts_once() {
        price("cost-e", "2020-01-01T00:00:00Z", "0.050", ", \"cap\": \"9.99\"");
        var head = log.head();
        price("cost-e", "2020-01-01T00:00:00Z", "0.050", ", \"cap\": \"9.99\"");
        assertEquals(head, log.head());
        var book = door.get("/prices?book=cost-e");
        assertEquals(1, book.json().at("/prices").size(), book.body());
        assertEquals("0.050", book.text("/prices/0/price"));
        assertEquals("9.99", book.text("/prices/0/cap"));
        assertEquals("GiB-month", book.text("/prices/0/unit"));
    }

    @Test
    void bad_prices_are_refused_with_their_place() {
        var head = log.head();
        var good = "\"price\": \"1\"";
        var from = "2026-01-01T00:00:00Z";
        refused("/from", publish("x", "yesterday", good));
        refused("/price", publish("x", from, "\"price\": \"-1\""));
        refused("/price", publish("x", from, "\"price\": \"1e9\""));
        refused("", publish("x", from, "\"cap\": \"1\""));
        refused("/tiers/0/upTo", publish("x", from, "\"tiers\": [{\"upTo\": \"5\"}]"));
        refused("/tiers", publish("x", from, "\"tiers\": []"));
        refused(
                "/scheme",
                publish("x", from, "\"tiers\": [{\"price\": \"5\"}], \"scheme\": \"x\""));
        refused("/billed", publish("x", from, good + ", \"billed\": \"never\""));
        refused("/minimumSeconds", publish("x", from, good + ", \"minimumSeconds\": -1"));
        refused("/currency", publish("x", from, good + ", \"currency\": \"EURO\""));
        refused("/unit", publish("x", from, good + ", \"unit\": \"hour\""));
        refused("/unit", publish("x", from, good + ", \"unit\": \"GiB-year\""));
        refused("/unit", publish("x", from, good + ", \"meter\": \"api-calls\""));
        refused("/meter", publish("x", from, good + ", \"meter\": \"No Meter\""));
        refused("/prize", publish("x", from, good + ", \"prize\": \"1\""));
        refused("/version", publish("x", from, good + ", \"version\": 3"));
        refused("/book", publish("../x", from, good));
        assertEquals(head, log.head());
    }

    private static void refused(String pointer, Answer answer) {
        assertEquals(422, answer.status(), answer.body());
        assertEquals(pointer, answer.text("/violations/0/pointer"), answer.body());
    }
}
