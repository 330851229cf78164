package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.EventLog;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Manifests in, manifests out: apply, PUT, GET and DELETE, and what goes with them. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class ApplyTest {
    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;

    private Door door;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
    }

    @Test
    void an_apply_tells_of_each_document_what_became_of_it() {
        var first = door.post("/apply").yaml(Manifest.whole("told", 1)).send();
        assertEquals(202, first.status(), first.body());
        assertEquals("created", first.text("/documents/0/result"));
        assertEquals("created", first.text("/documents/2/result"));
        assertEquals("/api/v1/deployments/told", first.text("/documents/2/href"));

        var changed = Manifest.whole("told", 1).replace("\"true\"", "\"false\"");
        var second = door.post("/apply").yaml(changed).send();
        assertEquals("unchanged", second.text("/documents/0/result"));
        assertEquals("changed", second.text("/documents/1/result"));
        assertEquals("unchanged", second.text("/documents/2/result"));
        assertEquals(200, second.status(), "no deployment has changed, so no work follows");
    }

    @Test
    void a_dry_run_tells_the_same_and_records_nothing() {
        var before = log.head();
        var rehearsed = door.post("/apply?dryRun=true").yaml(Manifest.whole("dry", 2)).send();
        assertEquals(200, rehearsed.status(), rehearsed.body());
        assertEquals("created", rehearsed.text("/documents/2/result"));
        assertEquals(before, log.head());
        assertEquals(404, door.get("/deployments/dry").status());
    }

    @Test
    void what_was_got_can_be_put_again_and_changes_nothing() {
        door.post("/apply").yaml(Manifest.whole("again", 0)).send();
        for (var path :
                new String[] {
                    "/machine-classes/again-class", "/plans/again-plan", "/deployments/again"
                }) {
            var got = door.get(path);
            assertEquals(200, got.status(), got.body());
            var before = log.head();
            var document = got.json();
            ((com.fasterxml.jackson.databind.node.ObjectNode) document).remove("status");
            var put = door.put(path).json(document.toString()).send();
            assertEquals(200, put.status(), put.body());
            assertEquals(before, log.head(), path);
        }
    }

    @Test
    void the_same_deployment_in_json_is_the_same_deployment() {
        door.post("/apply").yaml(Manifest.whole("json", 0)).send();
        var json =
                """
                [{"apiVersion": "quartermaster.io/v1alpha1", "kind": "MachineDeployment",
                  "metadata": {"name": "json", "tenant": "acme", "labels": {"tier": "web"}},
                  "spec": {"replicas": 0, "template": {"class": "json-class", "plan": "json-plan"}}}]
                """;
        var applied = door.post("/apply").json(json).send();
        assertEquals("unchanged", applied.text("/documents/0/result"), applied.body());
    }

    @Test
    void a_tag_that_was_seen_saves_an_answer_and_guards_a_write() {
        door.post("/apply").yaml(Manifest.whole("tag", 0)).send();
        var seen = door.get("/machine-classes/tag-class");
        var tag = seen.header("etag");
        assertNotNull(tag);
        var unchanged =
                door.call("GET", "/api/v1/machine-classes/tag-class")
                        .with("If-None-Match", tag)
                        .send();
        assertEquals(304, unchanged.status());

        var changed = Manifest.machineClass("tag-class").replace("none", "other");
        var put = door.put("/machine-classes/tag-class").with("If-Match", tag).yaml(changed).send();
        assertEquals(200, put.status(), put.body());
        assertTrue(!tag.equals(put.header("etag")));
        var late =
                door.put("/machine-classes/tag-class")
                        .with("If-Match", tag)
                        .yaml(Manifest.machineClass("tag-class"))
                        .send();
        assertEquals(412, late.status());
        assertEquals(tag, "\"" + late.text("/expected") + "\"");
        assertEquals(put.header("etag"), "\"" + late.text("/actual") + "\"");
    }

    @Test
    void a_name_that_was_deleted_is_free_again() {
        var manifest = Manifest.plan("phoenix", "true");
        var created = door.put("/plans/phoenix").with("If-None-Match", "*").yaml(manifest).send();
        assertEquals(201, created.status(), created.body());
        assertTrue(String.valueOf(created.header("location")).endsWith("/api/v1/plans/phoenix"));
        assertEquals(204, door.delete("/plans/phoenix").send().status());
        assertEquals(404, door.get("/plans/phoenix").status());
        var again = door.put("/plans/phoenix").with("If-None-Match", "*").yaml(manifest).send();
        assertEquals(201, again.status(), again.body());
        assertEquals(2, again.json().at("/status/revision").asInt());
    }

    @Test
    void the_same_key_and_body_get_the_same_answer_and_one_effect() {
        door.post("/apply").yaml(Manifest.whole("key", 0)).send();
        var call = "{\"replicas\": 3}";
        var first =
                door.post("/deployments/key/scale")
                        .with("Idempotency-Key", "scale-key")
                        .json(call)
                        .send();
        var after = log.head();
        door.post("/deployments/key/scale").json("{\"replicas\": 1}").send();
        var again =
                door.post("/deployments/key/scale")
                        .with("Idempotency-Key", "scale-key")
                        .json(call)
                        .send();
        assertEquals(first.status(), again.status());
        assertEquals(first.body(), again.body());
        assertEquals(first.header("etag"), again.header("etag"));
        assertEquals(first.header("location"), again.header("location"));
        assertTrue(log.head() > after);
        assertEquals(1, door.get("/deployments/key").json().at("/spec/replicas").asInt());
    }

    @Test
    void every_revision_of_a_plan_can_be_asked_for() {
        door.put("/plans/history").yaml(Manifest.plan("history", "echo one")).send();
        door.put("/plans/history").yaml(Manifest.plan("history", "echo two")).send();
        var first = door.get("/plans/history?revision=1");
        assertEquals("echo one", first.text("/spec/steps/0/command/apply"), first.body());
        var revisions = door.get("/plans/history/revisions?limit=1");
        assertEquals(2, revisions.json().at("/items/0/status/revision").asInt());
        var rest = door.get("/plans/history/revisions?limit=1&cursor=" + revisions.text("/next"));
        assertEquals(1, rest.json().at("/items/0/status/revision").asInt());
        assertTrue(rest.json().at("/next").isMissingNode());
    }

    @Test
    void lists_come_in_pages_and_by_labels() {
        for (var name : new String[] {"page-1", "page-2", "page-3"}) {
            var manifest = Manifest.host(name).replace("fra1", "paged");
            assertEquals(201, door.put("/hosts/" + name).yaml(manifest).send().status());
        }
        var first = door.get("/hosts?labelSelector=pool%3Dpaged&limit=2");
        assertEquals(2, first.json().at("/items").size(), first.body());
        var second =
                door.get("/hosts?labelSelector=pool%3Dpaged&limit=2&cursor=" + first.text("/next"));
        assertEquals("page-3", second.text("/items/0/metadata/name"));
        assertEquals(1, second.json().at("/items").size());
        assertEquals(
                0,
                door.get("/hosts?labelSelector=pool%3Dpaged&state=retired")
                        .json()
                        .at("/items")
                        .size());
    }

    @Test
    void a_deployment_without_machines_is_complete_at_once_and_gone_at_once() {
        var applied = door.post("/apply?wait=20").yaml(Manifest.whole("empty", 0)).send();
        assertEquals(200, applied.status(), applied.body());
        assertTrue(applied.json().at("/settled").asBoolean());
        assertEquals("complete", door.get("/deployments/empty").text("/status/phase"));
        assertEquals(204, door.delete("/deployments/empty?wait=20").send().status());
        assertEquals(404, door.get("/deployments/empty").status());
    }

    @Test
    void a_deployment_that_waits_for_hosts_is_accepted_and_says_so() {
        door.post("/apply").yaml(Manifest.whole("hungry", 0)).send();
        var scaled = door.post("/deployments/hungry/scale?wait=1").json("{\"replicas\": 2}").send();
        assertEquals(202, scaled.status(), scaled.body());
        assertTrue(
                String.valueOf(scaled.header("location")).endsWith("/api/v1/deployments/hungry"));
        assertEquals("progressing", scaled.text("/status/phase"));
        var machines = door.get("/machines?deployment=hungry&state=requested");
        assertEquals(2, machines.json().at("/items").size(), machines.body());
    }
}
