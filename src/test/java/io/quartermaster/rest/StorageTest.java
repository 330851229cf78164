package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.EventLog;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes that live elsewhere, reported in, and what is counted of them. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class StorageTest {
    private static final BigInteger GIB = BigInteger.TWO.pow(30);

    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;

    private Door door;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
    }

    private static String volume(String name, String size, String at) {
        return """
                apiVersion: quartermaster.io/v1alpha1
                kind: Volume
                metadata: {name: %s, tenant: %s-owner}
                spec: {size: %s, tier: ssd, observed: {at: "%s"}}
                """
                .formatted(name, name, size, at);
    }

    private void report(String name, String size, String at) {
        var put = door.put("/volumes/" + name).yaml(volume(name, size, at)).send();
        assertTrue(put.status() == 200 || put.status() == 201, put.toString());
    }

    private String used(String name, String more) {
        var usage =
                door.get(
                        "/usage?tenant=%s-owner&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z%s"
                                .formatted(name, more));
        assertEquals(200, usage.status(), usage.body());
        return usage.body();
    }

    private BigInteger byteSeconds(String name) {
        used(name, "");
        var usage =
                door.get(
                        "/usage?tenant=%s-owner&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"
                                .formatted(name));
        assertEquals("B-s", usage.text("/items/0/unit"), usage.body());
        return new BigInteger(usage.text("/items/0/quantity"));
    }

    /** The first of the worked vectors of the books. */
    @Test
    void what_was_reported_is_counted_to_the_byte_and_second() {
        report("v1", "100Gi", "2026-01-10T00:00:00Z");
        report("v1", "150Gi", "2026-01-20T12:00:00Z");
        var deleted = door.delete("/volumes/v1?observedAt=2026-01-25T06:00:00Z").send();
        assertEquals(204, deleted.status(), deleted.body());
        assertEquals(404, door.get("/volumes/v1").status());
        assertEquals(GIB.multiply(BigInteger.valueOf(152_280_000)), byteSeconds("v1"));
    }

    @Test
    void neither_order_nor_repeats_of_reports_matter() {
        var gone = door.delete("/volumes/v2?observedAt=2026-01-25T06:00:00Z").send();
        assertEquals(204, gone.status(), gone.body());
        for (var i = 0; i < 2; i++) {
            for (var late :
                    new String[][] {
                        {"150Gi", "2026-01-20T12:00:00Z"}, {"100Gi", "2026-01-10T00:00:00Z"}
                    }) {
                var put = door.put("/volumes/v2").yaml(volume("v2", late[0], late[1])).send();
                assertEquals(204, put.status(), put.toString());
            }
        }
        assertEquals(GIB.multiply(BigInteger.valueOf(152_280_000)), byteSeconds("v2"));
    }

    @Test
    void usage_can_be_asked_for_by_day_and_group() {
        report("v3", "1Gi", "2026-01-30T12:00:00Z");
        var daily =
                door.get(
                        "/usage?tenant=v3-owner&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"
                                + "&groupBy=resource,product&resolution=day");
        assertEquals(2, daily.json().at("/items").size(), daily.body());
        assertEquals("volume/v3", daily.text("/items/0/group/resource"));
        assertEquals("ssd", daily.text("/items/0/group/product"));
        assertEquals("2026-01-30T00:00:00Z", daily.text("/items/0/from"));
        assertEquals(
                GIB.multiply(BigInteger.valueOf(43_200)).toString(),
                daily.text("/items/0/quantity"));
        assertEquals(
                GIB.multiply(BigInteger.valueOf(86_400)).toString(),
                daily.text("/items/1/quantity"));
    }

    @Test
    void what_was_got_can_be_put_again_and_changes_nothing() {
        report("v4", "5Ti", "2026-01-30T12:00:00Z");
        var got = door.get("/volumes/v4");
        assertEquals("5Ti", got.text("/spec/size"), got.body());
        var before = log.head();
        var document = (com.fasterxml.jackson.databind.node.ObjectNode) got.json();
        document.remove("status");
        assertEquals(200, door.put("/volumes/v4").json(document.toString()).send().status());
        assertEquals(before, log.head());
    }

    @Test
    void a_volume_is_made_attached_handed_over_and_deleted() {
        var manifest =
                """
                apiVersion: quartermaster.io/v1alpha1
                kind: Volume
                metadata: {name: v5, tenant: v5-owner}
                spec: {size: 10Gi, tier: ssd}
                """;
        assertEquals(201, door.put("/volumes/v5").yaml(manifest).send().status());
        var attached = door.post("/volumes/v5/attach").json("{\"machine\": \"m-1\"}").send();
        assertEquals("m-1", attached.text("/status/machine"), attached.body());
        var refused = door.delete("/volumes/v5").send();
        assertEquals(409, refused.status(), refused.body());
        assertEquals("volume-attached", refused.text("/code"));
        assertEquals(200, door.post("/volumes/v5/detach").send().status());
        var handed = door.post("/volumes/v5/hand-over").json("{\"tenant\": \"other\"}").send();
        assertEquals("other", handed.text("/metadata/tenant"), handed.body());
        assertEquals(204, door.delete("/volumes/v5").send().status());
        assertEquals(404, door.get("/volumes/v5").status());
    }

    @Test
    void many_volumes_are_reported_at_once_and_all_or_none() {
        var good =
                """
                {"sightings": [
                  {"name": "v7", "tenant": "v7-owner", "sizeBytes": 107374182400, "tier": "ssd",
                   "at": "2026-01-10T00:00:00Z"},
                  {"name": "v7", "tenant": "v7-owner", "sizeBytes": 161061273600, "tier": "ssd",
                   "at": "2026-01-20T12:00:00Z"},
                  {"name": "v7", "deleted": true, "at": "2026-01-25T06:00:00Z"}]}
                """;
        assertEquals("3", door.post("/volumes/report").json(good).send().text("/recorded"));
        assertEquals(200, door.post("/volumes/report").json(good).send().status());
        assertEquals(GIB.multiply(BigInteger.valueOf(152_280_000)), byteSeconds("v7"));
        var before = log.head();
        var bad = good.replace("\"deleted\": true", "\"deleted\": false");
        var refused = door.post("/volumes/report").json(bad).send();
        assertEquals(422, refused.status(), refused.body());
        assertEquals("/sightings/2/tenant", refused.text("/violations/0/pointer"));
        assertEquals(before, log.head());
    }

    @Test
    void what_cannot_be_is_refused_and_nothing_is_recorded() {
        var before = log.head();
        refused(422, "in-the-future", volume("v6", "1Gi", "2999-01-01T00:00:00Z"));
        refused(422, "bad-format", volume("v6", "1.5Gi", "2026-01-01T00:00:00Z"));
        refused(422, "bad-format", volume("v6", "9Ei", "2026-01-01T00:00:00Z"));
        refused(422, "bad-format", volume("v6", "1Gi", "2026-02-30T00:00:00Z"));
        refused(422, "unknown-field", volume("v6", "1Gi, sise: 2", "2026-01-01T00:00:00Z"));
        for (var query :
                new String[] {
                    "groupBy=colour",
                    "resolution=week",
                    "timeZone=Mars/Olympus",
                    "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                    "from=1970-01-01T00:00:00Z"
                }) {
            var answer = door.get("/usage?" + query);
            assertEquals(400, answer.status(), answer.body());
        }
        var nobody = door.post("/volumes/v6/hand-over").json("{\"tenant\": \"../x\"}").send();
        assertEquals(422, nobody.status(), nobody.body());
        assertEquals("/tenant", nobody.text("/violations/0/pointer"), nobody.body());
        assertEquals(before, log.head());
    }

    private void refused(int status, String code, String manifest) {
        var answer = door.put("/volumes/v6").yaml(manifest).send();
        assertEquals(status, answer.status(), answer.body());
        assertTrue(answer.body().contains("\"" + code + "\""), answer.body());
    }
}
