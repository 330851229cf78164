package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.Door.Call;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bad writes: what they bring is read strictly and checked whole; nothing is recorded. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class BadWritesTest {
    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;

    private Door door;
    private Refusals refusals;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
        refusals = new Refusals(log);
        var applied = door.post("/apply").yaml(Manifest.whole("bad", 1)).send();
        assertTrue(applied.status() < 300, applied.body());
    }

    private void bad(Call call, int status, String code, String help) {
        refusals.add(call, status, code, help);
    }

    @Test
    void bodies_are_read_strictly() {
        var scale = "/deployments/bad/scale";
        bad(
                door.post(scale).json("{\"replicas\": \"" + Refusals.SECRET + "\"}"),
                422,
                "invalid",
                "/replicas");
        bad(door.post(scale).json("{\"replicas\": -1}"), 422, "invalid", "0 to 10,000");
        bad(door.post(scale).json("{\"replicas\": 10001}"), 422, "invalid", "0 to 10,000");
        bad(
                door.post(scale).json("{\"replicas\": 1, \"by\": 2}"),
                422,
                "invalid",
                "known are: replicas");
        bad(door.post(scale).json("{\"replicas\": 1"), 400, "unreadable-json", "line 1");
        bad(door.post(scale).json(Refusals.SECRET), 400, "unreadable-json", "line 1");
        bad(door.post("/hosts/h1/quarantine").json("{}"), 422, "invalid", "say why");
        bad(
                door.post("/hosts/h1/quarantine").json("{\"reason\": \" \"}"),
                422,
                "invalid",
                "say why");
        bad(door.post("/machines/m-1/release?force=true").json("{}"), 422, "invalid", "say why");
        bad(
                door.post("/machines/m-1/cancel").json("{\"mode\": \"gently\"}"),
                422,
                "invalid",
                "after-step");
        refusals.check();
    }

    @Test
    void manifests_are_all_good_or_all_refused() {
        var notUtf8 =
                BodyPublishers.ofByteArray(new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe});
        bad(door.post("/apply").body("application/yaml", notUtf8), 400, "not-utf8", "line 1");
        bad(door.post("/apply").yaml("a: &x 1\nb: *x"), 400, "alias", "line");
        bad(door.post("/apply").json("{\"kind\": "), 400, "not-json", "line 1");
        bad(door.post("/apply").yaml(""), 400, "no-document", "kind");
        var half = Manifest.host("good") + "---\n" + Manifest.host("../bad");
        bad(door.post("/apply").yaml(half), 422, "invalid-manifest", "/metadata/name");
        var dangling = Manifest.deployment("dangling", 1, "none", "none");
        bad(door.post("/apply").yaml(dangling), 422, "invalid-manifest", "/spec/template");
        bad(door.put("/hosts/one").yaml(Manifest.host("other")), 422, "invalid", "/metadata/name");
        bad(door.put("/plans/one").yaml(Manifest.host("one")), 422, "invalid", "/kind");
        bad(
                door.put("/hosts/one").yaml(Manifest.host("one") + "---\n" + Manifest.host("two")),
                422,
                "invalid",
                "POST /apply");
        refusals.check();
    }

    @Test
    void conditions_and_rules_are_kept() {
        var scale = door.post("/deployments/bad/scale").json("{\"replicas\": 2}");
        bad(scale.with("If-Match", "seven"), 400, "invalid-parameter", "ETag");
        bad(
                door.delete("/deployments/bad").with("If-Match", "\"999\""),
                412,
                "precondition-failed",
                "read it again");
        bad(
                door.put("/plans/bad-plan")
                        .with("If-None-Match", "*")
                        .yaml(Manifest.plan("bad-plan", "true")),
                412,
                "precondition-failed",
                "none");
        bad(
                door.post("/apply").with("If-Match", "*").yaml(Manifest.host("h1")),
                400,
                "invalid-precondition",
                "PUT");
        bad(door.delete("/plans/bad-plan"), 409, "plan-in-use", "bad");
        bad(door.delete("/machine-classes/bad-class"), 409, "machine-class-in-use", "bad");
        var otherOwner =
                Manifest.deployment("bad", 1, "bad-class", "bad-plan").replace("acme", "other");
        bad(door.put("/deployments/bad").yaml(otherOwner), 409, "tenant-immutable", "acme");
        refusals.check();
    }

    @Test
    void a_key_that_was_used_for_another_request_is_refused() {
        var first =
                door.post("/deployments/bad/scale")
                        .with("Idempotency-Key", "used")
                        .json("{\"replicas\": 1}")
                        .send();
        assertTrue(first.status() < 300, first.body());
        bad(
                door.post("/deployments/bad/scale")
                        .with("Idempotency-Key", "used")
                        .json("{\"replicas\": 3}"),
                422,
                "idempotency-key-reused",
                "new one");
        refusals.check();
    }
}
