package io.quartermaster.view.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.MachineSpec;
import io.quartermaster.step.Failure;
import io.quartermaster.view.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MachineStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Failure DISK_FULL =
            new Failure("disk-full", "the disk is full", "free some", Failure.Retry.WORTHWHILE);

    @Test
    void a_ready_machine_is_settled() {
        var row = row("ready", null, null, null);
        assertTrue(MachineStatus.settled(row));
        assertEquals("True", byType(row).get("Ready"));
        assertFalse(byType(row).containsKey("Reconciling"));
    }

    @Test
    void a_failed_machine_that_is_tried_again_is_not_settled() {
        var row = row("failed", DISK_FULL, NOON.plusSeconds(30), null);
        assertFalse(MachineStatus.settled(row));
        assertEquals("True", byType(row).get("Reconciling"));
        assertFalse(byType(row).containsKey("Stalled"));
    }

    @Test
    void a_failed_machine_that_waits_for_a_person_is_stalled_and_says_why() {
        var row = row("failed", DISK_FULL, null, null);
        assertTrue(MachineStatus.settled(row));
        var stalled =
                MachineStatus.of(row).conditions().stream()
                        .filter(each -> each.type().equals("Stalled"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("the disk is full", stalled.message());
    }

    private static final Failure AWAY =
            new Failure(
                    "host-unreachable",
                    "h1 does not answer",
                    "see whether it is up",
                    Failure.Retry.WORTHWHILE);

    @Test
    void a_machine_without_a_host_says_of_which_class_none_is_free() {
        var row = row("requested", null, null, null);
        assertSays("WaitingForHost", "no host of class small is free", row);
    }

    @Test
    void a_run_that_nobody_has_taken_yet_says_so() {
        var row = row("allocated", null, null, null);
        assertSays("RunDue", "run 1 on host h1 is due, and no runner has taken it yet", row);
    }

    @Test
    void a_run_at_work_says_which_and_where() {
        var row = row("provisioning", null, null, null);
        assertSays("Provisioning", "run 1 on host h1 is not over yet", row);
    }

    @Test
    void a_run_that_pauses_says_why_what_to_do_and_until_when() {
        var pause = new MachineRow.Pause(AWAY, NOON.plusMillis(8_400));
        assertSays(
                "HostUnreachable",
                "h1 does not answer; to do: see whether it is up; it goes on at"
                        + " 2026-11-01T12:00:08Z",
                row("provisioning", null, null, pause, null));
    }

    @Test
    void a_failed_machine_says_what_failed_and_whether_and_when_it_is_tried_again() {
        assertSays(
                "DiskFull",
                "the disk is full; to do: free some; it is tried again at 2026-11-01T12:00:30Z",
                row("failed", DISK_FULL, NOON.plusSeconds(30), null));
        assertSays(
                "DiskFull",
                "the disk is full; to do: free some; it is not tried again by itself",
                row("failed", DISK_FULL, null, null));
    }

    @Test
    void a_ready_machine_has_nothing_to_say() {
        var ready = condition(row("ready", null, null, null), "Ready");
        assertEquals("Ready", ready.reason());
        assertEquals("", ready.message());
    }

    private static void assertSays(String reason, String message, MachineRow row) {
        for (var type : List.of("Ready", "Available")) {
            var condition = condition(row, type);
            assertEquals(Condition.Status.False, condition.status());
            assertEquals(reason, condition.reason());
            assertEquals(message, condition.message());
        }
    }

    private static Condition condition(MachineRow row, String type) {
        return MachineStatus.of(row).conditions().stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_machine_that_is_ready_but_given_up_is_about_to_change() {
        assertFalse(MachineStatus.settled(row("ready", null, null, "enough")));
        assertEquals("True", byType(row("releasing", null, null, "enough")).get("Deleting"));
        assertTrue(MachineStatus.settled(row("released", null, null, "enough")));
    }

    private static Map<String, String> byType(MachineRow row) {
        return MachineStatus.of(row).conditions().stream()
                .collect(Collectors.toMap(Condition::type, each -> each.status().name()));
    }

    private static MachineRow row(
            String phase,
            @Nullable Failure failure,
            @Nullable Instant retryAt,
            @Nullable String releaseReason) {
        return row(phase, failure, retryAt, null, releaseReason);
    }

    private static MachineRow row(
            String phase,
            @Nullable Failure failure,
            @Nullable Instant retryAt,
            MachineRow.@Nullable Pause waiting,
            @Nullable String releaseReason) {
        return new MachineRow(
                "web-1",
                new MachineSpec("acme", "web", "small", "base", 1, Map.of(), Map.of()),
                "h1",
                phase,
                NOON,
                1,
                0,
                phase.equals("ready") ? NOON : null,
                failure,
                retryAt,
                waiting,
                releaseReason,
                null,
                9,
                NOON,
                NOON);
    }
}
