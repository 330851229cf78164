package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a report of storage through the daemon's own loops to a sink, and its dead letters. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class SinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TestHTTPResource("/")
    URI root;

    private Door door;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
    }

    private void used(String volume) {
        var now = Instant.now();
        var manifest =
                """
                apiVersion: quartermaster.io/v1alpha1
                kind: Volume
                metadata: {name: %s, tenant: sinks}
                spec: {size: 1Gi, tier: ssd, observed: {at: "%s"}}
                """
                        .formatted(volume, now.minusSeconds(60));
        assertTrue(door.put("/volumes/" + volume).yaml(manifest).send().status() < 300);
        var gone = "/volumes/%s?observedAt=%s".formatted(volume, now.minusSeconds(1));
        assertEquals(204, door.delete(gone).send().status());
    }

    /** The daemon works by itself, so this looks until it has. */
    private static void await(BooleanSupplier condition) {
        var end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "nothing happened in time");
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private Door.Answer sink() {
        return door.get("/sinks/test");
    }

    private Door.Answer letters() {
        return door.get("/sinks/test/dead-letters");
    }

    @Test
    void a_slice_that_is_refused_waits_for_a_person_and_is_skipped_with_a_reason() {
        used("bad-one");
        await(() -> letters().body().contains("volume/bad-one"));
        var letter = letters().json().at("/items/0");
        var id = letter.path("id").asText();
        var path = "/sinks/test/dead-letters/" + id;
        assertEquals("refused", letter.path("kind").asText());
        assertTrue(letter.path("error").asText().startsWith("422"));
        assertEquals(422, door.post(path + "/skip").json("{}").send().status());

        var skipped = door.post(path + "/skip").json("{\"reason\": \"a test\"}").send();

        assertEquals(202, skipped.status(), skipped.body());
        assertEquals(404, door.post(path + "/retry").json("{}").send().status());
        assertFalse(letters().body().contains("\"id\":" + id + ","));
    }

    @Test
    void what_was_used_arrives_and_the_sink_shows_it() {
        used("good-one");
        await(() -> sink().json().path("lastAnswer").asText().startsWith("204"));

        var shown = sink();

        assertEquals("cloudevents", shown.text("/kind"));
        assertEquals("active", shown.text("/state"));
        assertTrue(shown.json().path("cursor").asLong() > 0);
        assertEquals(1, door.get("/sinks").json().path("items").size());
    }

    @Test
    void a_sink_that_cannot_be_read_back_says_so() {
        var answer = door.post("/sinks/test/reconcile").json("{}").send();

        assertEquals("409 not-readable", answer.status() + " " + answer.text("/code"));
    }

    @Test
    void a_sink_is_resumed_with_a_reason() {
        var without = door.post("/sinks/test/resume").json("{}").send();
        var with = door.post("/sinks/test/resume").json("{\"reason\": \"mended\"}").send();

        assertEquals(422, without.status());
        assertEquals(202, with.status());
    }

    @Test
    void a_sink_that_is_not_there_is_not_found() {
        assertEquals("sink-unknown", door.get("/sinks/nowhere").text("/code"));
        assertEquals(
                404, door.post("/sinks/nowhere/resume").json("{\"reason\":\"x\"}").send().status());
    }
}
