package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.EventLog;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be said of tenants: it is refused, and nothing is recorded. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class BadTenantsTest {
    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;

    private Door door;
    private Refusals refusals;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
        refusals = new Refusals(log);
        var put = door.put("/tenants/strict").yaml(Manifest.tenant("strict", "")).send();
        assertTrue(put.status() < 300, put.body());
    }

    @Test
    void a_restriction_needs_a_reason_and_a_level_that_is_one() {
        var suspend = "/tenants/strict/suspend";
        refusals.add(door.post(suspend).json("{}"), 422, "invalid", "say why");
        refusals.add(
                door.post(suspend).json("{\"reason\": \"x\", \"level\": \"all\"}"),
                422,
                "invalid",
                "no-machines, nothing-more");
        refusals.add(door.post("/tenants/strict/resume").json("{}"), 422, "invalid", "say why");
        refusals.check();
    }

    @Test
    void a_credit_is_a_positive_amount_that_the_currency_has() {
        var credits = "/tenants/strict/credits";
        refusals.add(door.post(credits).json("{}"), 422, "invalid", "/id");
        refusals.add(
                door.post(credits).json("{\"id\": \"a\", \"reason\": \"x\"}"),
                422,
                "invalid",
                "/amount");
        for (var amount : new String[] {"0", "-1", "1.005", "1e3", "99999999999999"}) {
            var body = "{\"id\": \"a\", \"amount\": \"%s\", \"reason\": \"x\"}".formatted(amount);
            refusals.add(door.post(credits).json(body), 422, "invalid", "above 0 as text");
        }
        refusals.add(
                door.post(credits).json("{\"id\": \"a\", \"amount\": 5, \"reason\": \"x\"}"),
                422,
                "invalid",
                "/amount");
        refusals.check();
    }

    @Test
    void a_tenant_is_known_by_its_name_and_closed_for_a_reason() {
        refusals.add(door.delete("/tenants/strict"), 422, "invalid", "say why");
        refusals.add(door.delete("/tenants/nobody?reason=x"), 404, "tenant-unknown", "GET");
        refusals.add(
                door.post("/tenants/nobody/suspend").json("{\"reason\": \"x\"}"),
                404,
                "tenant-unknown",
                "GET");
        refusals.add(
                door.put("/tenants/other").yaml(Manifest.tenant("strict", "")),
                422,
                "invalid",
                "name");
        refusals.add(
                door.put("/tenants/strict").yaml(Manifest.tenant("strict", "colour: red")),
                422,
                "invalid-manifest",
                "/spec/colour");
        refusals.check();
    }
}
