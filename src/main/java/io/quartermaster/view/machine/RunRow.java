package io.quartermaster.view.machine;

import io.quartermaster.machine.MachineCommand.CancelMode;
import io.quartermaster.machine.RunKind;
import io.quartermaster.step.Failure;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is.
 *
 * @param state due, claimed, waiting, completed, failed, cancelled, or superseded by a newer run
 * @param plan the plan of the machine when the run was asked for, with its revision
 * @param dueAt when it was or is to begin, or to go on after a pause
 * @param fence of the newest claim, 0 before the first
 * @param runner who claimed it last
 * @param waiting why it pauses, absent while it does not
 * @param failure why it failed or was cancelled
 * @param cancel what a person asked for
 */
public record RunRow(
        String machine,
        int number,
        RunKind kind,
        String state,
        String plan,
        int revision,
        Instant requestedAt,
        Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long fence,
        @Nullable String runner,
        @Nullable Failure waiting,
        @Nullable Failure failure,
        @Nullable CancelMode cancel,
        @Nullable String cancelReason) {

    static RunRow read(Row row) throws SQLException {
        var cancel = row.maybeText("cancel");
        return new RunRow(
                row.text("machine"),
                row.integer("number"),
                RunKind.valueOf(row.text("kind")),
                row.text("state"),
                row.text("plan"),
                row.integer("revision"),
                row.instant("requested_at"),
                row.instant("due_at"),
                row.maybeInstant("started_at"),
                row.maybeInstant("ended_at"),
                row.number("fence"),
                row.maybeText("runner"),
                row.maybeJson("waiting", Failure.class),
                row.maybeJson("failure", Failure.class),
                cancel == null ? null : CancelMode.valueOf(cancel),
                row.maybeText("cancel_reason"));
    }
}
