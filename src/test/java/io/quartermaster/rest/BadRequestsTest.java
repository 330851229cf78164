package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.Door.Call;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bad requests: each gets its status, a stable code and a sentence that helps; nothing is recorded.
 */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class BadRequestsTest {
    @TestHTTPResource("/")
    URI root;

    @Inject EventLog log;

    private Door door;
    private Refusals refusals;

    @BeforeEach
    void openTheDoor() throws InterruptedException {
        door = new Door(root);
        refusals = new Refusals(log);
        var applied = door.post("/apply").yaml(Manifest.whole("bad", 1)).send();
        assertTrue(applied.status() < 300, applied.body());
        awaitQuiet();
    }

    /** What follows from the good request must not be taken for something a bad one recorded. */
    private void awaitQuiet() throws InterruptedException {
        boolean grown = true;
        while (grown) grown = log.await(log.head() + 1, Duration.ofMillis(500));
    }

    private void bad(Call call, int status, String code, String help) {
        refusals.add(call, status, code, help);
    }

    @Test
    void without_a_valid_token_nobody_comes_in() {
        var hosts = "/api/v1/hosts";
        var wrong =
                new String[] {
                    "Bearer", "Bearer x y", "Basic " + Refusals.SECRET, "bearer " + Refusals.SECRET
                };
        for (var header : wrong) {
            bad(door.call("GET", hosts).authorization(header), 401, "token-invalid", "admin.token");
        }
        bad(door.call("GET", hosts).authorization(null), 401, "token-missing", "admin.token");
        bad(door.call("GET", "/api/v2/x").authorization(null), 401, "token-missing", "Bearer");
        refusals.check();
        var answer = door.call("GET", hosts).authorization(null).send();
        assertEquals("Bearer realm=\"quartermaster\"", answer.header("www-authenticate"));
    }

    @Test
    void what_the_call_does_not_know_is_refused() {
        bad(door.call("GET", "/api/v1/nothing"), 404, "not-found", "/q/openapi");
        bad(door.call("GET", "/api/v1/..%2f..%2fetc%2fpasswd"), 404, "not-found", "no call");
        bad(
                door.call("PATCH", "/api/v1/hosts/h1").json("{}"),
                405,
                "method-not-allowed",
                "DELETE, GET, HEAD, OPTIONS, PUT");
        bad(door.delete("/machines"), 405, "method-not-allowed", "GET");
        bad(
                door.call("GET", "/api/v1/hosts").with("Accept", "text/csv"),
                406,
                "not-acceptable",
                "Accept");
        refusals.check();
    }

    @Test
    void what_is_said_about_a_request_must_make_sense() {
        bad(
                door.post("/apply").body("text/csv", "a,b"),
                415,
                "unsupported-media-type",
                "application/yaml");
        bad(
                door.post("/apply").body(";;;", "a"),
                415,
                "unsupported-media-type",
                "application/yaml");
        bad(
                door.post("/apply").yaml("a: 1").with("Content-Encoding", "gzip"),
                415,
                "unsupported-content-encoding",
                "without");
        bad(
                door.post("/apply?dryrun=true").yaml(Manifest.host("h1")),
                400,
                "unknown-parameter",
                "dryRun");
        bad(
                door.post("/apply?dryRun=yes").yaml(Manifest.host("h1")),
                400,
                "invalid-parameter",
                "true or false");
        bad(
                door.post("/apply?dryRun=true&dryRun=false").yaml(Manifest.host("h1")),
                400,
                "invalid-parameter",
                "once");
        refusals.check();
    }

    @Test
    void what_is_too_large_is_refused_before_it_is_read() {
        var megabyte = "x".repeat(1 << 20) + "x";
        bad(door.post("/apply").yaml(megabyte), 413, "body-too-large", "several requests");
        var unannounced =
                BodyPublishers.fromPublisher(
                        BodyPublishers.ofByteArray(megabyte.getBytes(StandardCharsets.UTF_8)));
        bad(
                door.post("/apply").body("application/yaml", unannounced),
                413,
                "body-too-large",
                "several");
        bad(
                door.call("GET", "/api/v1/hosts?labelSelector=" + "x".repeat(3000)),
                400,
                "invalid-parameter",
                "2048");
        bad(
                door.post("/apply")
                        .with("Idempotency-Key", "k".repeat(256))
                        .yaml(Manifest.host("h1")),
                400,
                "invalid-parameter",
                "255");
        bad(
                door.post("/apply").with("Idempotency-Key", "a key").yaml(Manifest.host("h1")),
                400,
                "invalid-parameter",
                "ASCII");
        refusals.check();
    }

    @Test
    void lists_are_asked_for_properly() {
        bad(door.call("GET", "/api/v1/hosts?limit=-1"), 400, "invalid-parameter", "1 to 500");
        bad(door.call("GET", "/api/v1/hosts?limit=0"), 400, "invalid-parameter", "1 to 500");
        bad(
                door.call("GET", "/api/v1/hosts?limit=99999999999999999999"),
                400,
                "invalid-parameter",
                "1 to 500");
        bad(door.call("GET", "/api/v1/hosts?limit=ten"), 400, "invalid-parameter", "1 to 500");
        bad(door.call("GET", "/api/v1/hosts?cursor=%25%25"), 400, "cursor-invalid", "start over");
        bad(door.call("GET", "/api/v1/hosts?cursor=AAAA"), 400, "cursor-invalid", "start over");
        bad(
                door.call("GET", "/api/v1/hosts?state=broken"),
                400,
                "invalid-parameter",
                "quarantined");
        bad(door.call("GET", "/api/v1/plans?state=ready"), 400, "invalid-parameter", "no state");
        bad(
                door.call("GET", "/api/v1/machines?labelSelector=a%3D%3D%3Db"),
                400,
                "label-selector-invalid",
                "labelSelector");
        bad(door.call("GET", "/api/v1/events?after=-5"), 400, "invalid-parameter", "after");
        bad(
                door.call("GET", "/api/v1/inventory?at=yesterday"),
                400,
                "invalid-parameter",
                "2026-11-01T00:00:00Z");
        bad(
                door.call("GET", "/api/v1/plans/bad-plan?revision=0"),
                400,
                "invalid-parameter",
                "revision");
        bad(door.call("GET", "/api/v1/machines/m-1?wait=601"), 400, "invalid-parameter", "600");
        refusals.check();
    }

    @Test
    void what_is_not_there_is_told_to_be_not_there() {
        bad(door.call("GET", "/api/v1/hosts/h-none"), 404, "host-unknown", "GET /api/v1/hosts");
        bad(
                door.call("GET", "/api/v1/hosts/" + "h".repeat(254)),
                404,
                "host-unknown",
                "GET /api/v1/hosts");
        bad(
                door.call("GET", "/api/v1/hosts/..%2F..%2Fetc%2Fpasswd"),
                404,
                "host-unknown",
                "no Host");
        bad(door.call("GET", "/api/v1/hosts/h%00"), 404, "host-unknown", "no Host");
        bad(door.call("GET", "/api/v1/machines/web-1/runs/1"), 404, "run-unknown", "runs");
        bad(door.call("GET", "/api/v1/machines/web-1/history"), 404, "machine-unknown", "machines");
        bad(
                door.call("GET", "/api/v1/plans/bad-plan?revision=7"),
                404,
                "plan-unknown",
                "revision=7");
        bad(
                door.post("/deployments/none/scale").json("{\"replicas\": 1}"),
                404,
                "deployment-unknown",
                "list");
        bad(door.post("/machines/none/retry"), 404, "machine-unknown", "list");
        bad(door.delete("/machine-classes/none"), 404, "machine-class-unknown", "list");
        bad(door.delete("/hosts/none"), 404, "host-unknown", "list");
        refusals.check();
    }
}
