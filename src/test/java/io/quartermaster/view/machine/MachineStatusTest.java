package io.quartermaster.view.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.MachineSpec;
import io.quartermaster.step.Failure;
import io.quartermaster.view.Condition;
import java.time.Instant;
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
                null,
                releaseReason,
                9,
                NOON,
                NOON);
    }
}
