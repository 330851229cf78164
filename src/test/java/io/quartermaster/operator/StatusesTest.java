package io.quartermaster.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.operator.schema.Crds;
import io.quartermaster.view.deployment.ClassRow;
import io.quartermaster.view.deployment.PlanRow;
import io.quartermaster.view.tenant.TenantRow;
import io.quartermaster.view.volume.VolumeRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An API server drops without a word what a status has and its schema has not. */
class StatusesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static void assertAsInSchema(String kind, Seen seen) throws Exception {
        var written = new TreeSet<>(seen.fields().keySet());
        written.addAll(Set.of("conditions", "observedGeneration"));
        assertEquals(new TreeSet<>(Crds.statusFields(kind)), written);
    }

    @Test
    void what_is_written_of_what_is_declared_is_what_the_schema_has() throws Exception {
        assertAsInSchema(
                "Tenant",
                Statuses.of(
                        new TenantRow(
                                "acme", null, null, "active", List.of(), 1, 2, null, 3, NOON,
                                NOON)));
        assertAsInSchema(
                "MachineClass",
                Statuses.of(new ClassRow("small", "acme", null, List.of(), 1, NOON, NOON)));
        assertAsInSchema(
                "ProvisioningPlan",
                Statuses.of(
                        new PlanRow("base", "acme", 1, 2, null, List.of(), 3, NOON, NOON, NOON)));
        assertAsInSchema(
                "Volume",
                Statuses.of(
                        new VolumeRow(
                                "disk", "acme", null, "present", "web-1", null, 1, NOON, NOON)));
    }
}
