package io.quartermaster.view.deployment;

import io.quartermaster.deployment.DeploymentSpec;
import io.quartermaster.step.Failure;
import io.quartermaster.view.Row;
import io.quartermaster.view.machine.MachineRow.Pause;
import io.quartermaster.view.machine.Obstacle;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as it is.
 *
 * @param revision the plan's revision that new machines get, 0 until it is known
 * @param generation counts the changes of what is wanted, from 1
 * @param state progressing, complete, failed (a machine is, and waits for a person) or deleting
 * @param changedAt when it or one of its machines last changed
 * @param stillSince when the machine that has been in its phase for longest got there, absent when
 *     no machine stays
 * @param trouble of the machine that needs help the most, absent when all are well or at work
 * @param version of its stream
 */
public record DeploymentRow(
        String name,
        DeploymentSpec spec,
        int revision,
        long generation,
        boolean deleting,
        String state,
        Counts counts,
        Instant changedAt,
        @Nullable Instant stillSince,
        @Nullable Trouble trouble,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * Its machines.
     *
     * @param replicas those that stay
     * @param ready of these, those that are ready
     * @param available of these, those that can be used
     * @param upToDate of those that stay, those that shall be what the template says
     * @param failed of those that stay, those that are failed
     * @param leaving those that are being released
     */
    public record Counts(
            int replicas, int ready, int available, int upToDate, int failed, int leaving) {}

    /** One of its machines, and what keeps that from being ready. */
    public record Trouble(String machine, Obstacle obstacle) {}

    static DeploymentRow read(Row row) throws SQLException {
        return new DeploymentRow(
                row.text("name"),
                new DeploymentSpec(
                        row.text("tenant"),
                        row.integer("wanted"),
                        row.json("template", DeploymentSpec.Template.class),
                        row.labels("labels")),
                row.integer("revision"),
                row.number("generation"),
                row.flag("deleting"),
                row.text("state"),
                counts(row),
                row.instant("changed_at"),
                row.maybeInstant("still_since"),
                trouble(row),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    private static @Nullable Trouble trouble(Row row) throws SQLException {
        var machine = row.maybeText("troubled");
        return machine == null ? null : new Trouble(machine, obstacle(row));
    }

    private static Obstacle obstacle(Row row) throws SQLException {
        var failure = row.maybeJson("failure", Failure.class);
        if (failure != null) return Obstacle.failed(failure, row.maybeInstant("retry_at"));
        var why = row.maybeJson("waiting", Failure.class);
        return why == null
                ? Obstacle.noHost(
                        row.text("troubled_class"), row.maybeJson("host_trouble", Failure.class))
                : Obstacle.paused(new Pause(why, row.instant("waiting_until")));
    }

    private static Counts counts(Row row) throws SQLException {
        return new Counts(
                row.integer("replicas"),
                row.integer("ready"),
                // There is no minimum time to be ready yet, so who is ready is available.
                row.integer("ready"),
                row.integer("up_to_date"),
                row.integer("failed"),
                row.integer("leaving"));
    }
}
