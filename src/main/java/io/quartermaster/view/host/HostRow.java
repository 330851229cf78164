package io.quartermaster.view.host;

import io.quartermaster.machine.HostSpec;
import io.quartermaster.step.Facts;
import io.quartermaster.step.Failure;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host as it is.
 *
 * @param source the inventory or manifest that it comes from
 * @param keys pinned or declared keys, as OpenSSH writes them
 * @param facts what the last inspection that found something new saw, absent before the first
 * @param state enrolled, available, reserved, in use, cleaning, quarantined, maintenance or retired
 * @param standing good, quarantined, maintenance or retired
 * @param machine the machine on it
 * @param inspectedAt when it was last looked at, absent before the first time
 * @param unreachable why the last look at it failed, absent when it did not
 * @param version of its stream
 */
public record HostRow(
        String name,
        String tenant,
        HostSpec spec,
        String source,
        List<String> keys,
        @Nullable Facts facts,
        String state,
        String standing,
        @Nullable String standingCode,
        @Nullable String standingReason,
        @Nullable String machine,
        @Nullable Instant inspectedAt,
        @Nullable Failure unreachable,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    static HostRow read(Row row) throws SQLException {
        return new HostRow(
                row.text("name"),
                row.text("tenant"),
                row.json("spec", HostSpec.class),
                row.text("source"),
                List.of(row.json("keys", String[].class)),
                row.maybeJson("facts", Facts.class),
                row.text("state"),
                row.text("standing"),
                row.maybeText("standing_code"),
                row.maybeText("standing_reason"),
                row.maybeText("machine"),
                row.maybeInstant("attempted_at"),
                row.maybeJson("failure", Failure.class),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
