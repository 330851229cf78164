package io.quartermaster.view.machine;

import io.quartermaster.step.Failure;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run as it is.
 *
 * @param index from 0
 * @param name empty when it is known neither from the plan nor from a report
 * @param outcome pending, sent (it may be running), unchanged, changed, skipped or failed
 * @param attempts attempts that ended
 * @param sentAt when it first went to the host
 * @param finishedAt when its last attempt ended
 * @param millis how long its last attempt took, in milliseconds
 */
public record StepRow(
        int index,
        String name,
        String outcome,
        int attempts,
        @Nullable Instant sentAt,
        @Nullable Instant finishedAt,
        @Nullable Long millis,
        @Nullable Failure failure) {

    /** Whether it changed something. */
    public boolean changed() {
        return outcome.equals("changed");
    }

    static StepRow read(Row row) throws SQLException {
        return new StepRow(
                row.integer("step"),
                row.text("name"),
                row.text("outcome"),
                row.integer("attempts"),
                row.maybeInstant("sent_at"),
                row.maybeInstant("finished_at"),
                row.maybeNumber("millis"),
                row.maybeJson("failure", Failure.class));
    }
}
