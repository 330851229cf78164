package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.Door.Answer;
import io.quartermaster.view.CaughtUp;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Costs by what somebody wants to know, ahead of time, and of changes that are not made yet. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class CostAheadTest {
    private static final String JANUARY = "&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";

    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;
    @Inject Dispatcher dispatcher;
    @Inject CaughtUp views;

    private Door door;
    private PaidTenants books;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
        books = new PaidTenants(door, dispatcher, views, log);
    }

    @Test
    void costs_are_grouped_by_labels_and_chosen_by_many_things() throws Exception {
        books.january("group-a");
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
        books.open("ahead-a", "UTC", null);
        books.price("ahead-a", "storage", "GiB-month", "\"price\": \"0.05\"");
        books.report("ahead-a-v", "ahead-a", "100Gi", "2026-01-01T00:00:00Z");
        var forecast = door.get("/costs?tenant=ahead-a&forecast=true");
        assertEquals("5.00", forecast.text("/items/0/amount"), forecast.body());
        assertTrue(forecast.text("/assumption").contains("stays as it is"), forecast.body());
        var past = door.get("/costs?tenant=ahead-a&forecast=true" + JANUARY);
        assertEquals(400, past.status(), past.body());
    }

    private Answer plan(String name, int replicas) {
        var manifest = Manifest.deployment(name, replicas, name + "-class", name + "-plan");
        return door.post("/deployments/" + name + "/plan").yaml(manifest).send();
    }

    @Test
    void a_preview_tells_costs_before_and_after_and_writes_nothing() {
        door.post("/apply").yaml(Manifest.whole("seen", 2)).send();
        assertFalse(plan("seen", 3).json().hasNonNull("difference"), "there is no price yet");
        books.price(
                "acme",
                "machine",
                "hour",
                "\"product\": \"seen-class\", \"price\": \"1\", \"minimumSeconds\": 7200");
        var before = door.get("/deployments/seen");
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
        var after = door.get("/deployments/seen");
        assertEquals(2, after.json().at("/spec/replicas").asInt(), after.body());
        assertEquals(before.text("/metadata/generation"), after.text("/metadata/generation"));
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
