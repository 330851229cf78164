package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.EventLog;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.Door.Answer;
import io.quartermaster.volume.VolumeEvent;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tenants: what they may use, whether they may go on, and what ends with them. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class TenantsTest {
    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;

    private Door door;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
    }

    private void define(String name, String more) {
        var put = door.put("/tenants/" + name).yaml(Manifest.tenant(name, more)).send();
        assertTrue(put.status() == 200 || put.status() == 201, put.toString());
    }

    private Answer store(String name, String tenant, String size) {
        var manifest = Manifest.volume(name, tenant, "tier: ssd, size: " + size);
        return door.put("/volumes/" + name).yaml(manifest).send();
    }

    private Answer deploy(String name, String tenant, int replicas) {
        var manifest = Manifest.whole(name, replicas).replace("acme", tenant);
        return door.post("/apply").yaml(manifest).send();
    }

    private void refused(Answer answer, int status, String code) {
        assertEquals(status, answer.status(), answer.body());
        assertEquals(code, answer.text("/code"), answer.body());
    }

    private long taken(String tenant, String what) {
        return door.get("/tenants/" + tenant).json().at("/status/" + what).asLong();
    }

    /** Asks again whenever something was recorded, until the answer is the one. */
    private Answer eventually(String path, Predicate<Answer> wanted) throws InterruptedException {
        var answer = door.get(path);
        for (int i = 0; i < 100 && !wanted.test(answer); i++) {
            log.await(log.head() + 1, Duration.ofMillis(200));
            answer = door.get(path);
        }
        assertTrue(wanted.test(answer), answer.toString());
        return answer;
    }

    private void awaitTaken(String tenant, String what, long amount) throws InterruptedException {
        eventually("/tenants/" + tenant, it -> it.json().at("/status/" + what).asLong() == amount);
    }

    @Test
    void what_was_got_can_be_put_again_and_changes_nothing() {
        define("again", "quotas: {machines: 3}, budget: {monthly: \"10\"}");
        var got = door.get("/tenants/again");
        var document = (ObjectNode) got.json();
        document.remove("status");
        var before = log.head();
        assertEquals(200, door.put("/tenants/again").json(document.toString()).send().status());
        assertEquals(before, log.head());
        assertEquals("active", got.text("/status/standing"), got.body());
        assertEquals(
                304,
                door.call("GET", "/api/v1/tenants/again")
                        .with("If-None-Match", got.header("etag"))
                        .send()
                        .status());
    }

    @Test
    void a_change_of_terms_only_is_a_change_of_the_tenant() {
        define("terms", "billing: {taxPercent: \"19\"}");
        var before = door.get("/tenants/terms");
        var stale = Manifest.tenant("terms", "billing: {taxPercent: \"7\"}");
        define("terms", "billing: {taxPercent: \"20\"}");
        var after = door.get("/tenants/terms");
        assertEquals("20", after.text("/spec/billing/taxPercent"), after.body());
        assertNotEquals(before.header("etag"), after.header("etag"));
        refused(
                door.put("/tenants/terms")
                        .with("If-Match", before.header("etag"))
                        .yaml(stale)
                        .send(),
                412,
                "precondition-failed");
    }

    @Test
    void an_account_keeps_its_currency_and_then_nothing_of_the_change_is_done() {
        define("money", "displayName: before");
        var other = Manifest.tenant("money", "displayName: after").replace("EUR", "USD");
        refused(door.put("/tenants/money").yaml(other).send(), 409, "currency-immutable");
        assertEquals("before", door.get("/tenants/money").text("/spec/displayName"));
    }

    @Test
    void a_deployment_beyond_the_quota_is_refused_and_nothing_of_the_apply_is_done() {
        define("small", "quotas: {machines: 2}");
        var before = log.head();
        refused(deploy("small-web", "small", 3), 409, "quota-exceeded");
        assertEquals(before, log.head());
        assertTrue(deploy("small-web", "small", 2).status() < 300);
        var scale = door.post("/deployments/small-web/scale");
        refused(scale.json("{\"replicas\": 3}").send(), 409, "quota-exceeded");
        assertEquals(2, taken("small", "machines"));
    }

    @Test
    void a_deployment_gives_back_what_it_took() throws InterruptedException {
        define("back", "");
        deploy("back-web", "back", 3);
        door.post("/deployments/back-web/scale").json("{\"replicas\": 1}").send();
        assertEquals(1, taken("back", "machines"));
        door.delete("/deployments/back-web").send();
        awaitTaken("back", "machines", 0);
    }

    @Test
    void storage_is_held_when_it_grows_and_given_back_when_it_is_gone()
            throws InterruptedException {
        define("store", "quotas: {storageGiB: 10}");
        assertEquals(201, store("store-a", "store", "6Gi").status());
        refused(store("store-b", "store", "5Gi"), 409, "quota-exceeded");
        assertEquals(404, door.get("/volumes/store-b").status());
        refused(store("store-a", "store", "11Gi"), 409, "quota-exceeded");
        assertEquals(200, store("store-a", "store", "10Gi").status());
        assertEquals(204, door.delete("/volumes/store-a").send().status());
        awaitTaken("store", "storageBytes", 0);
        assertEquals(201, store("store-b", "store", "5Gi").status());
    }

    @Test
    void a_name_that_is_used_again_at_once_is_counted_right() throws InterruptedException {
        define("reuse", "");
        for (int gib = 1; gib <= 5; gib++) {
            assertEquals(201, store("reuse-a", "reuse", gib + "Gi").status());
            assertEquals(204, door.delete("/volumes/reuse-a").send().status());
        }
        assertEquals(201, store("reuse-a", "reuse", "6Gi").status());
        var marker = store("reuse-z", "reuse", "1Gi");
        assertEquals(201, marker.status(), marker.body());
        awaitTaken("reuse", "storageBytes", 7L << 30);
        assertEquals(204, door.delete("/volumes/reuse-z").send().status());
        awaitTaken("reuse", "storageBytes", 6L << 30);
    }

    @Test
    void what_is_handed_over_counts_for_whoever_gets_it() {
        define("giver", "");
        define("getter", "quotas: {storageGiB: 5}");
        store("gift", "giver", "4Gi");
        store("bulk", "giver", "6Gi");
        var over = door.post("/volumes/bulk/hand-over").json("{\"tenant\": \"getter\"}");
        refused(over.send(), 409, "quota-exceeded");
        var handed = door.post("/volumes/gift/hand-over").json("{\"tenant\": \"getter\"}").send();
        assertEquals("getter", handed.text("/metadata/tenant"), handed.body());
        assertEquals(6L << 30, taken("giver", "storageBytes"));
        assertEquals(4L << 30, taken("getter", "storageBytes"));
    }

    @Test
    void what_is_only_reported_takes_nothing() {
        define("far", "quotas: {storageGiB: 1}");
        var spec = "tier: ssd, size: 5Gi, observed: {at: \"2026-01-01T00:00:00Z\"}";
        var put = door.put("/volumes/far-a").yaml(Manifest.volume("far-a", "far", spec)).send();
        assertEquals(201, put.status(), put.body());
        assertEquals(0, taken("far", "storageBytes"));
    }

    @Test
    void many_volumes_of_one_tenant_may_be_made_at_once() throws Exception {
        define("busy", "");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    IntStream.range(0, 32)
                            .<Callable<Answer>>mapToObj(
                                    i -> () -> store("busy-" + i, "busy", "1Gi"))
                            .toList();
            for (var done : threads.invokeAll(calls)) {
                assertEquals(201, done.get().status(), done.get().body());
            }
        }
        assertEquals(32L << 30, taken("busy", "storageBytes"));
    }

    @Test
    void a_suspended_tenant_gets_nothing_more_until_it_is_resumed() {
        define("late", "");
        var suspended =
                door.post("/tenants/late/suspend").json("{\"reason\": \"did not pay\"}").send();
        assertEquals("nothing-more", suspended.text("/status/standing"), suspended.body());
        assertEquals("administrator", suspended.text("/status/causes/0/cause"));
        assertEquals("did not pay", suspended.text("/status/causes/0/reason"));
        refused(store("late-a", "late", "1Gi"), 409, "tenant-suspended");
        var list = door.get("/tenants?state=nothing-more");
        assertEquals("late", list.text("/items/0/metadata/name"), list.body());
        var fewer = "{\"reason\": \"paid half\", \"level\": \"no-machines\"}";
        door.post("/tenants/late/suspend").json(fewer).send();
        assertEquals(201, store("late-a", "late", "1Gi").status());
        refused(deploy("late-web", "late", 1), 409, "tenant-suspended");
        var resumed = door.post("/tenants/late/resume").json("{\"reason\": \"paid\"}").send();
        assertEquals("active", resumed.text("/status/standing"), resumed.body());
        assertTrue(deploy("late-web", "late", 1).status() < 300);
    }

    @Test
    void everything_ends_with_its_tenant_at_the_instant_of_closing() throws InterruptedException {
        define("gone", "");
        store("gone-a", "gone", "1Gi");
        store("gone-b", "other", "2Gi");
        door.post("/volumes/gone-b/hand-over").json("{\"tenant\": \"gone\"}").send();
        door.post("/volumes/gone-a/attach").json("{\"machine\": \"m-1\"}").send();
        deploy("gone-web", "gone", 1);
        refused(door.delete("/tenants/gone").send(), 422, "invalid");
        assertEquals(204, door.delete("/tenants/gone?reason=left").send().status());
        for (var path :
                new String[] {"/volumes/gone-a", "/volumes/gone-b", "/deployments/gone-web"}) {
            eventually(path, answer -> answer.status() == 404);
        }
        awaitTaken("gone", "machines", 0);
        awaitTaken("gone", "storageBytes", 0);
        var closed = Instant.parse(door.get("/tenants/gone").text("/status/closedAt"));
        for (var name : new String[] {"gone-a", "gone-b"}) assertEquals(closed, endOf(name));
        refused(store("gone-c", "gone", "1Gi"), 409, "tenant-closed");
        refused(store("gone-c", "gone", "\"0\""), 409, "tenant-closed");
        assertEquals(0, door.get("/tenants?tenant=gone").json().at("/items").size());
        assertEquals(1, door.get("/tenants?tenant=gone&state=closed").json().at("/items").size());
    }

    private Instant endOf(String volume) {
        return log.readStream(StreamId.parse("volume/" + volume), 1, 100).stream()
                .map(Envelope::event)
                .filter(VolumeEvent.Deleted.class::isInstance)
                .map(event -> ((VolumeEvent.Deleted) event).at())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_is_reported_after_the_closing_is_gone_at_once() throws InterruptedException {
        define("shut", "");
        assertEquals(204, door.delete("/tenants/shut?reason=left").send().status());
        var closed = Instant.parse(door.get("/tenants/shut").text("/status/closedAt"));
        var spec = "tier: ssd, size: 5Gi, observed: {at: \"2026-01-01T00:00:00Z\"}";
        door.put("/volumes/shut-a").yaml(Manifest.volume("shut-a", "shut", spec)).send();
        eventually("/volumes/shut-a", answer -> answer.status() == 404);
        assertEquals(closed, endOf("shut-a"));
    }

    @Test
    void a_credit_is_granted_once() {
        define("owed", "");
        var credit = "{\"id\": \"welcome\", \"amount\": \"20.50\", \"reason\": \"welcome\"}";
        assertEquals(204, door.post("/tenants/owed/credits").json(credit).send().status());
        var before = log.head();
        assertEquals(204, door.post("/tenants/owed/credits").json(credit).send().status());
        assertEquals(before, log.head());
    }
}
