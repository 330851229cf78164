package io.quartermaster.view.deployment;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * A plan at one of its revisions.
 *
 * @param revision which one this is, from 1
 * @param newest the newest revision
 * @param users names of the deployments that use the plan
 * @param version of its stream
 * @param createdAt when the plan was first saved
 * @param updatedAt when it last changed in any way
 * @param revisedAt when this revision was saved
 */
public record PlanRow(
        String name,
        String tenant,
        int revision,
        int newest,
        PlanSpec spec,
        List<String> users,
        long version,
        Instant createdAt,
        Instant updatedAt,
        Instant revisedAt) {

    static PlanRow read(Row row) throws SQLException {
        return new PlanRow(
                row.text("name"),
                row.text("tenant"),
                row.integer("revision"),
                row.integer("newest"),
                row.json("spec", PlanSpec.class),
                row.texts("users"),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.instant("revised_at"));
    }
}
