package io.quartermaster.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.app.Domain;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.billing.price.Price;
import io.quartermaster.billing.usage.Change;
import io.quartermaster.billing.usage.Status;
import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.engine.wire.Shapes;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.step.Facts;
import io.quartermaster.step.Failure;
import io.quartermaster.tenant.TenantSpec;
import io.quartermaster.volume.Volume;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShapesTest {

    /** The classes that stand in JSON columns, by projection. */
    private static final Map<String, Class<?>[]> STORED =
            Map.of(
                    "machine-table", new Class<?>[] {Failure.class},
                    "host-table", new Class<?>[] {HostSpec.class, Facts.class},
                    "deployment-table", new Class<?>[] {DeploymentSpec.Template.class},
                    "plan-table", new Class<?>[] {PlanSpec.class},
                    "class-table", new Class<?>[] {MachineClass.Spec.class},
                    "volume-table", new Class<?>[] {Volume.Live.class, Volume.Gone.class},
                    "tenant-table", new Class<?>[] {TenantSpec.class, Terms.class},
                    "books", new Class<?>[] {Change.class, Status.class, Price.class, Terms.class});

    /** Change a line only together with the version of its projection. */
    private static final Map<String, String> KNOWN =
            Map.of(
                    "machine-table", "v1 c0205e20dbc8b087",
                    "host-table", "v2 174ef03c0c9abb3b d7ff8ff979fb6d8d",
                    "deployment-table", "v1 103f2899689fd23f",
                    "plan-table", "v2 150701955c2f6b67",
                    "class-table", "v2 0a00365b7af3a12b",
                    "volume-table", "v2 777799fb06a75e1a 16359a2dba212176",
                    "tenant-table", "v1 4a2b8fcbf94d0ef2 86a8c20ec601e5be",
                    "books",
                            "v1 b03943dc418751b3 3bd1f4c0f7f83200 3afdd399dfa7cd9c 86a8c20ec601e5be");

    @Test
    void a_class_in_a_json_column_changes_together_with_its_projections_version() {
        var found = new TreeMap<String, String>();
        for (var projection : World.projections(new Json(Domain.codec()))) {
            var line = new StringBuilder("v" + projection.version());
            for (var type : STORED.get(projection.name())) {
                line.append(' ').append(Shapes.fingerprint(type));
            }
            found.put(projection.name(), line.toString());
        }
        assertEquals(new TreeMap<>(KNOWN), found);
    }
}
