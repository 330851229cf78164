package io.quartermaster.view.machine;

import io.quartermaster.machine.MachineSpec;
import io.quartermaster.step.Failure;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine as it is.
 *
 * @param host where it is, or was last; absent before it is allocated
 * @param phase requested, allocated, provisioning, ready, updating, repairing, releasing, released
 *     or failed
 * @param phaseSince when it got there
 * @param run number of the newest run, 0 before the first
 * @param failures failed runs in a row of the same kind and specification
 * @param readySince absent unless it is ready
 * @param failure why it is failed, absent unless it is
 * @param retryAt when a failed run is tried again; absent when a person has to act
 * @param waiting why its run pauses, absent while it does not
 * @param releaseReason why it was given up, absent unless it was
 * @param hostTrouble why the host that is made for it is not there yet, absent unless it waits
 * @param version of its stream
 */
public record MachineRow(
        String id,
        MachineSpec spec,
        @Nullable String host,
        String phase,
        Instant phaseSince,
        int run,
        int failures,
        @Nullable Instant readySince,
        @Nullable Failure failure,
        @Nullable Instant retryAt,
        @Nullable Pause waiting,
        @Nullable String releaseReason,
        @Nullable Failure hostTrouble,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** The columns that {@link #read} needs. */
    static final String COLUMNS =
            """
            id, tenant, deployment, class, plan, revision, parameters, labels, host, phase,
              phase_since, run, failures, ready_since, failure, retry_at, waiting, waiting_until,
              release_reason, version, created_at, updated_at,
              (SELECT i.failure FROM inspection i
               WHERE i.host = machine.id AND machine.phase = 'requested') AS host_trouble""";

    /**
     * A pause that is no failure.
     *
     * @param until when the run goes on
     */
    public record Pause(Failure why, Instant until) {}

    /** The same without what is known of its host only now. */
    MachineRow asOfThen() {
        return new MachineRow(
                id,
                spec,
                host,
                phase,
                phaseSince,
                run,
                failures,
                readySince,
                failure,
                retryAt,
                waiting,
                releaseReason,
                null,
                version,
                createdAt,
                updatedAt);
    }

    static MachineRow read(Row row) throws SQLException {
        return new MachineRow(
                row.text("id"),
                spec(row),
                row.maybeText("host"),
                row.text("phase"),
                row.instant("phase_since"),
                row.integer("run"),
                row.integer("failures"),
                row.maybeInstant("ready_since"),
                row.maybeJson("failure", Failure.class),
                row.maybeInstant("retry_at"),
                pause(row),
                row.maybeText("release_reason"),
                row.maybeJson("host_trouble", Failure.class),
                row.number("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    private static MachineSpec spec(Row row) throws SQLException {
        return new MachineSpec(
                row.text("tenant"),
                row.text("deployment"),
                row.text("class"),
                row.text("plan"),
                row.integer("revision"),
                row.labels("parameters"),
                row.labels("labels"));
    }

    private static @Nullable Pause pause(Row row) throws SQLException {
        var why = row.maybeJson("waiting", Failure.class);
        return why == null ? null : new Pause(why, row.instant("waiting_until"));
    }
}
