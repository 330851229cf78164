package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.view.CaughtUp;
import io.quartermaster.view.machine.RunLog;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines, their runs and their past, as a client sees them; the test plays the runner. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class MachineTest {
    @TestHTTPResource("/")
    URI root;

    @Inject Dispatcher dispatcher;
    @Inject CaughtUp views;
    @Inject RunLog runLog;
    @Inject EventLog log;

    private Door door;

    @BeforeEach
    void openTheDoor() {
        door = new Door(root);
        door.put("/plans/solo-plan").yaml(Manifest.plan("solo-plan", "true")).send();
    }

    private void play(String id, MachineCommand command) throws InterruptedException {
        var order = new Order(new StreamId("machine", id), "acme", command);
        var receipt = dispatcher.send(order, Ask.by("test", UUID.randomUUID()));
        assertTrue(views.await(receipt.position(), Duration.ofSeconds(10)));
    }

    /** A machine that belongs to no deployment, so that nobody else gives it commands. */
    private void provisioning(String id) throws InterruptedException {
        var spec =
                new MachineSpec(
                        "acme", "solo", "none", "solo-plan", 1, Map.of(), Map.of("role", "db"));
        play(id, new MachineCommand.Request(spec));
        play(id, new MachineCommand.Allocate("host-of-" + id));
        play(id, new MachineCommand.ClaimRun(1, 7, "runner", Instant.EPOCH));
    }

    private void ready(String id) throws InterruptedException {
        provisioning(id);
        play(id, new MachineCommand.SendSteps(1, 7, 0, 0));
        var report = new StepReport(0, "only", 1, StepOutcome.CHANGED, 12, null);
        play(id, new MachineCommand.FinishStep(1, 7, report));
        play(id, new MachineCommand.CompleteRun(1, 7));
    }

    @Test
    void a_machine_shows_where_it_is_and_how_it_stands() throws Exception {
        ready("solo-shown");
        var machine = door.get("/machines/solo-shown");
        assertEquals("ready", machine.text("/status/phase"), machine.body());
        assertEquals("host-of-solo-shown", machine.text("/status/host"));
        assertEquals("Ready", machine.text("/status/conditions/0/type"));
        assertEquals("True", machine.text("/status/conditions/0/status"));
        assertEquals(
                machine.header("etag"), "\"" + machine.text("/metadata/resourceVersion") + "\"");
    }

    @Test
    void a_run_shows_its_steps_and_a_step_that_is_not_over_has_no_outcome() throws Exception {
        provisioning("solo-run");
        var before = door.get("/machines/solo-run/runs/1");
        assertEquals("pending", before.text("/steps/0/state"), before.body());
        assertTrue(before.json().at("/steps/0/outcome").isMissingNode());
        play(
                "solo-run",
                new MachineCommand.FinishStep(
                        1, 7, new StepReport(0, "only", 1, StepOutcome.CHANGED, 12, null)));
        play("solo-run", new MachineCommand.CompleteRun(1, 7));
        var after = door.get("/machines/solo-run/runs/1");
        assertEquals("completed", after.text("/state"), after.body());
        assertEquals("changed", after.text("/steps/0/outcome"));
        assertEquals(12, after.json().at("/steps/0/durationMillis").asInt());
        assertEquals(1, door.get("/machines/solo-run/runs").json().at("/items").size());
    }

    @Test
    void the_past_can_be_asked_for_by_version_and_by_time() throws Exception {
        ready("solo-past");
        assertEquals("requested", door.get("/machines/solo-past?version=1").text("/status/phase"));
        var history = door.get("/machines/solo-past/history?limit=2");
        assertEquals("machine.requested", history.text("/items/0/event"), history.body());
        var rest = door.get("/machines/solo-past/history?cursor=" + history.text("/next"));
        assertEquals(3, rest.json().at("/items/0/version").asInt());
        var then =
                rest.json()
                        .at("/items")
                        .get(rest.json().at("/items").size() - 1)
                        .at("/at")
                        .asText();
        assertEquals("ready", door.get("/machines/solo-past?at=" + then).text("/status/phase"));
        assertEquals(404, door.get("/machines/solo-past?at=2001-01-01T00:00:00Z").status());
    }

    @Test
    void what_changed_between_two_versions_is_told_value_by_value() throws Exception {
        ready("solo-diff");
        var diff = door.get("/machines/solo-diff/diff?from=1&to=2");
        var pointers = diff.json().at("/differences").findValuesAsText("pointer");
        assertTrue(pointers.contains("/host"), diff.body());
        assertEquals(400, door.get("/machines/solo-diff/diff?from=1").status());
        assertEquals(400, door.get("/machines/solo-diff/diff?from=1&to=soon").status());
    }

    @Test
    void a_ready_machine_is_repaired_on_request_and_one_that_works_is_not() throws Exception {
        ready("solo-repair");
        var repair = door.post("/machines/solo-repair/repair").send();
        assertEquals(202, repair.status(), repair.body());
        assertEquals("repairing", repair.text("/status/phase"));
        var retry = door.post("/machines/solo-repair/retry").send();
        assertEquals(409, retry.status());
        assertEquals("machine-not-failed", retry.text("/code"));
    }

    @Test
    void a_run_that_nobody_began_is_cancelled_at_once_and_can_be_retried() throws Exception {
        ready("solo-cancel");
        door.post("/machines/solo-cancel/repair").send();
        var cancelled =
                door.post("/machines/solo-cancel/cancel")
                        .json("{\"mode\": \"now\", \"reason\": \"a mistake\"}")
                        .send();
        assertEquals(200, cancelled.status(), cancelled.body());
        assertEquals("failed", cancelled.text("/status/phase"));
        assertTrue(cancelled.text("/status/failure/reason").contains("a mistake"));
        assertEquals(202, door.post("/machines/solo-cancel/retry").send().status());
    }

    @Test
    void a_release_can_be_forced_with_a_reason_that_is_kept() throws Exception {
        ready("solo-force");
        var forced =
                door.post("/machines/solo-force/release?force=true")
                        .json("{\"reason\": \"the host is gone\"}")
                        .send();
        assertEquals(200, forced.status(), forced.body());
        assertEquals("released", forced.text("/status/phase"));
        var history = door.get("/machines/solo-force/history");
        assertTrue(history.body().contains("the host is gone"), history.body());
        assertTrue(history.body().contains("token:admin"), history.body());
    }

    @Test
    void a_log_is_shown_as_text_with_the_names_of_its_steps() throws Exception {
        ready("solo-log");
        runLog.append("solo-log", 1, 0, Instant.EPOCH, "hello\n");
        var text =
                door.call("GET", "/api/v1/machines/solo-log/runs/1/log")
                        .with("Accept", "text/plain")
                        .send();
        assertEquals(200, text.status(), text.body());
        assertTrue(text.body().contains("step 0: only"), text.body());
        assertTrue(text.body().endsWith("hello\n"), text.body());
    }

    @Test
    void a_log_is_followed_while_it_comes_and_to_the_end_of_the_run() throws Exception {
        provisioning("solo-follow");
        runLog.append("solo-follow", 1, 0, Instant.EPOCH, "one\n");
        try (var followed = new Followed(root, "/api/v1/machines/solo-follow/runs/1/log")) {
            var one = followed.next(1).getFirst();
            assertEquals("output", one.name());
            assertTrue(one.data().contains("one"));
            runLog.append("solo-follow", 1, 0, Instant.EPOCH, "two\n");
            assertTrue(followed.next(1).getFirst().data().contains("two"));
            play(
                    "solo-follow",
                    new MachineCommand.FinishStep(
                            1, 7, new StepReport(0, "only", 1, StepOutcome.CHANGED, 12, null)));
            play("solo-follow", new MachineCommand.CompleteRun(1, 7));
            runLog.append("solo-follow", 1, 0, Instant.EPOCH, "three\n");
            assertTrue(followed.next(1).getFirst().data().contains("three"));
            var end = followed.next(1).getFirst();
            assertEquals("end", end.name());
            assertTrue(end.data().contains("completed"), end.data());
        }
    }

    @Test
    void the_log_of_all_events_is_read_in_pages_and_followed_from_where_one_left_off()
            throws Exception {
        ready("solo-events");
        var page = door.get("/events?limit=3");
        assertEquals(3, page.json().at("/items").size(), page.body());
        var next = page.json().at("/next").asLong();
        assertEquals(3, next);
        try (var followed =
                new Followed(
                        root, "/api/v1/events?after=0", "Last-Event-ID", Long.toString(next))) {
            assertEquals(Long.toString(next + 1), followed.next(1).getFirst().id());
        }
        var head = page.json().at("/head").asLong();
        try (var followed = new Followed(root, "/api/v1/events?after=" + log.head())) {
            play("solo-events", new MachineCommand.Repair());
            var event = followed.next(1).getFirst();
            assertEquals("machine.run-requested", event.name());
            assertTrue(Long.parseLong(event.id()) > head);
        }
    }

    @Test
    void a_machine_that_is_waited_for_is_answered_when_it_is_ready() throws Exception {
        ready("solo-wait");
        var machine = door.get("/machines/solo-wait?wait=30");
        assertEquals("ready", machine.text("/status/phase"));
        assertFalse(machine.body().contains("Reconciling"));
    }
}
