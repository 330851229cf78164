package io.quartermaster.view.deployment;

import io.quartermaster.deployment.MachineClass;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * A machine class as it is.
 *
 * @param users names of the deployments that use it
 * @param version of its stream
 */
public record ClassRow(
        String name,
        String tenant,
        MachineClass.Spec spec,
        List<String> users,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static ClassRow read(Row row) throws SQLException {
        return new ClassRow(
                row.text("name"),
                row.text("tenant"),
                row.json("spec", MachineClass.Spec.class),
                row.texts("users"),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
