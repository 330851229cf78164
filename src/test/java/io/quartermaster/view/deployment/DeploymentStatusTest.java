package io.quartermaster.view.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Failure;
import io.quartermaster.view.Condition;
import io.quartermaster.view.Condition.Status;
import io.quartermaster.view.Samples;
import io.quartermaster.view.deployment.DeploymentRow.Counts;
import io.quartermaster.view.machine.MachineRow;
import io.quartermaster.view.machine.Obstacle;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeploymentStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private static final DeploymentRow.Trouble AWAY =
            new DeploymentRow.Trouble(
                    "web-2",
                    Obstacle.paused(
                            new MachineRow.Pause(
                                    new Failure(
                                            "host-unreachable",
                                            "h2 does not answer",
                                            "look",
                                            Failure.Retry.WORTHWHILE),
                                    NOON)));

    @Test
    void a_complete_deployment_is_available_and_at_rest() {
        var conditions = byType(row("complete", new Counts(3, 3, 3, 3, 0, 0)));
        assertEquals("True", conditions.get("Available"));
        assertEquals("True", conditions.get("MachinesReady"));
        assertEquals("True", conditions.get("MachinesUpToDate"));
        assertEquals("False", conditions.get("ScalingUp"));
        assertFalse(conditions.containsKey("Reconciling"));
        assertFalse(conditions.containsKey("Stalled"));
    }

    @Test
    void a_growing_deployment_is_reconciling_and_not_yet_available() {
        var conditions = byType(row("progressing", new Counts(2, 1, 1, 2, 0, 0)));
        assertEquals("False", conditions.get("Available"));
        assertEquals("False", conditions.get("MachinesReady"));
        assertEquals("True", conditions.get("ScalingUp"));
        assertEquals("True", conditions.get("Reconciling"));
    }

    @Test
    void machines_of_an_older_template_mean_that_something_rolls_out() {
        var conditions = byType(row("progressing", new Counts(3, 3, 3, 1, 0, 0)));
        assertEquals("True", conditions.get("Available"));
        assertEquals("True", conditions.get("RollingOut"));
        assertEquals("False", conditions.get("MachinesUpToDate"));
    }

    @Test
    void what_waits_for_a_person_is_stalled_and_not_reconciling() {
        var row = row("failed", new Counts(3, 2, 2, 3, 1, 0));
        assertEquals("True", byType(row).get("Stalled"));
        assertFalse(byType(row).containsKey("Reconciling"));
        assertTrue(DeploymentStatus.stalled(row));
    }

    @Test
    void what_keeps_the_most_urgent_machine_is_said_beside_the_counts() {
        var row = row("progressing", new Counts(3, 1, 1, 3, 0, 0), AWAY);
        var available = condition(row, "Available");
        assertEquals("HostUnreachable", available.reason());
        assertEquals(
                "1 of 3 machines can be used; web-2: h2 does not answer; to do: look; it goes on at"
                        + " 2026-11-01T12:00:00Z",
                available.message());
        var progressing = condition(row, "Progressing");
        assertEquals(Status.True, progressing.status());
        assertEquals("HostUnreachable", progressing.reason());
        assertTrue(progressing.message().startsWith("1 of 3 machines are ready; web-2: "));
    }

    @Test
    void a_deployment_progresses_until_a_person_has_to_act() {
        var complete = condition(row("complete", new Counts(3, 3, 3, 3, 0, 0)), "Progressing");
        assertEquals(Status.True, complete.status());
        assertEquals("Complete", complete.reason());
        assertEquals("3 of 3 machines are ready", complete.message());
        var growing = condition(row("progressing", new Counts(2, 1, 1, 2, 0, 0)), "Progressing");
        assertEquals("Progressing", growing.reason());
        var failed = row("failed", new Counts(3, 2, 2, 3, 1, 0), AWAY);
        assertEquals(Status.False, condition(failed, "Progressing").status());
        assertTrue(condition(failed, "Stalled").message().contains("; web-2: h2 does not answer"));
    }

    @Test
    void conditions_are_unique_have_reasons_and_speak_of_the_generation() {
        var row = row("progressing", new Counts(4, 3, 3, 3, 0, 1));
        var types = new HashSet<String>();
        for (var condition : DeploymentStatus.of(row).conditions()) {
            assertTrue(types.add(condition.type()), condition.type());
            assertTrue(condition.reason().matches("[A-Z][A-Za-z]+"), condition.reason());
            assertEquals(5, condition.observedGeneration());
            assertEquals(NOON, condition.lastTransitionTime());
        }
        assertEquals(5, DeploymentStatus.of(row).observedGeneration());
        assertEquals("True", byType(row).get("ScalingDown"));
    }

    private static Map<String, String> byType(DeploymentRow row) {
        return DeploymentStatus.of(row).conditions().stream()
                .collect(Collectors.toMap(Condition::type, each -> each.status().name()));
    }

    private static Condition condition(DeploymentRow row, String type) {
        return DeploymentStatus.of(row).conditions().stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static DeploymentRow row(String state, Counts counts) {
        return row(state, counts, null);
    }

    private static DeploymentRow row(
            String state, Counts counts, DeploymentRow.@Nullable Trouble trouble) {
        return new DeploymentRow(
                "web",
                Samples.deployment("acme", 3, "small", "base"),
                1,
                5,
                false,
                state,
                counts,
                NOON,
                NOON,
                trouble,
                9,
                NOON.minusSeconds(60),
                NOON);
    }
}
