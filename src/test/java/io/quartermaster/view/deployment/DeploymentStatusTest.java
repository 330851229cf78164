package io.quartermaster.view.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.view.Condition;
import io.quartermaster.view.Samples;
import io.quartermaster.view.deployment.DeploymentRow.Counts;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeploymentStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

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

    private static DeploymentRow row(String state, Counts counts) {
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
                9,
                NOON.minusSeconds(60),
                NOON);
    }
}
