package io.quartermaster.view.machine;

import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.subscription.Projection;
import io.quartermaster.es.Envelope;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.machine.RunKind;
import io.quartermaster.view.Json;
import io.quartermaster.view.StreamRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Machines as they are. Their runs are kept by the same projection, so that nobody ever sees a run
 * without its machine, or a machine that works without its run.
 */
public final class MachineTable implements Projection {
    private static final StreamRow ROW = new StreamRow("machine", "id");
    private static final String REQUESTED =
            """
            INSERT INTO machine (id, tenant, deployment, class, plan, revision, parameters, labels,
              phase, phase_since, version, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, 'requested', ?, ?, ?, ?)""";
    private static final String SPEC =
            """
            class = ?, plan = ?, revision = ?, parameters = ?::jsonb, labels = ?::jsonb,
              failures = 0""";
    private static final String RUN =
            """
            failures = CASE WHEN phase = 'failed' AND run_kind = ? THEN failures ELSE 0 END,
              phase = ?, phase_since = ?, run = ?, run_kind = ?, ready_since = NULL,
              failure = NULL, retry_at = NULL, waiting = NULL, waiting_until = NULL""";
    private static final String CLAIMED =
            """
            phase_since = CASE phase WHEN 'allocated' THEN ? ELSE phase_since END,
              phase = CASE phase WHEN 'allocated' THEN 'provisioning' ELSE phase END,
              waiting = NULL, waiting_until = NULL""";
    private static final String WAITING = "waiting = ?::jsonb, waiting_until = ?";
    private static final String READY = "phase = 'ready', phase_since = ?, ready_since = ?";
    private static final String FAILED =
            """
            phase = 'failed', phase_since = ?, failures = failures + 1, failure = ?::jsonb,
              retry_at = ?, waiting = NULL, waiting_until = NULL""";
    private static final String RELEASED =
            """
            phase = 'released', phase_since = ?, ready_since = NULL, failure = NULL,
              retry_at = NULL, waiting = NULL, waiting_until = NULL""";

    private final Json json;

    public MachineTable(Json json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "machine-table";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<Class<?>> eventRoots() {
        return Set.of(MachineEvent.class);
    }

    @Override
    public List<String> tables() {
        var tables = new ArrayList<>(MACHINES);
        tables.addAll(RunTable.TABLES);
        return tables;
    }

    @Override
    public void apply(Envelope<?> envelope, SqlTx tx) throws SQLException {
        var event = (MachineEvent) envelope.event();
        var at = envelope.recordedAt();
        switch (event) {
            case MachineEvent.Requested requested -> insert(envelope, requested.spec(), tx);
            case MachineEvent.Allocated allocated ->
                    ROW.change(envelope, tx, "host = ?", allocated.host());
            case MachineEvent.SpecChanged changed -> respecify(envelope, changed.spec(), tx);
            case MachineEvent.RunRequested(int run, RunKind kind) ->
                    ROW.change(envelope, tx, RUN, kind.name(), word(kind), at, run, kind.name());
            case MachineEvent.RunClaimed ignored -> ROW.change(envelope, tx, CLAIMED, at);
            case MachineEvent.StepsSent ignored -> ROW.touch(envelope, tx);
            case MachineEvent.StepFinished ignored -> ROW.touch(envelope, tx);
            case MachineEvent.RunWaiting waiting ->
                    ROW.change(envelope, tx, WAITING, json.write(waiting.why()), waiting.until());
            case MachineEvent.RunCompleted ignored -> ROW.change(envelope, tx, "failures = 0");
            case MachineEvent.BecameReady ignored -> ROW.change(envelope, tx, READY, at, at);
            case MachineEvent.Failed failed -> fail(envelope, failed, tx);
            case MachineEvent.ReleaseStarted started ->
                    ROW.change(envelope, tx, "release_reason = ?", started.reason());
            case MachineEvent.Released ignored -> ROW.change(envelope, tx, RELEASED, at);
            case MachineEvent.HostDeclined ignored -> ROW.touch(envelope, tx);
            case MachineEvent.CancelRequested ignored -> ROW.touch(envelope, tx);
        }
        RunTable.apply(envelope, event, json, tx);
    }

    private void insert(Envelope<?> envelope, MachineSpec spec, SqlTx tx) throws SQLException {
        Instant at = envelope.recordedAt();
        tx.updateOf(
                envelope.stream(),
                REQUESTED,
                envelope.stream().key(),
                spec.tenant(),
                spec.deployment(),
                spec.machineClass(),
                spec.plan(),
                spec.revision(),
                json.write(spec.parameters()),
                json.write(spec.labels()),
                at,
                envelope.version(),
                at,
                at);
    }

    private void respecify(Envelope<?> envelope, MachineSpec spec, SqlTx tx) throws SQLException {
        ROW.change(
                envelope,
                tx,
                SPEC,
                spec.machineClass(),
                spec.plan(),
                spec.revision(),
                json.write(spec.parameters()),
                json.write(spec.labels()));
    }

    private void fail(Envelope<?> envelope, MachineEvent.Failed failed, SqlTx tx)
            throws SQLException {
        var failure = json.write(failed.failure());
        ROW.change(envelope, tx, FAILED, envelope.recordedAt(), failure, failed.retryAt());
    }

    private static String word(RunKind kind) {
        return switch (kind) {
            case PROVISION -> "allocated";
            case REPAIR -> "repairing";
            case UPDATE -> "updating";
            case CLEAN -> "releasing";
        };
    }

    private static final List<String> MACHINES =
            List.of(
                    """
                    CREATE TABLE machine (
                      id text PRIMARY KEY,
                      tenant text NOT NULL,
                      deployment text NOT NULL,
                      class text NOT NULL,
                      plan text NOT NULL,
                      revision int NOT NULL,
                      parameters jsonb NOT NULL,
                      labels jsonb NOT NULL,
                      host text,
                      phase text NOT NULL,
                      phase_since timestamptz NOT NULL,
                      run int NOT NULL DEFAULT 0,
                      run_kind text,
                      failures int NOT NULL DEFAULT 0,
                      ready_since timestamptz,
                      failure jsonb,
                      retry_at timestamptz,
                      waiting jsonb,
                      waiting_until timestamptz,
                      release_reason text,
                      version bigint NOT NULL,
                      created_at timestamptz NOT NULL,
                      updated_at timestamptz NOT NULL
                    ) WITH (fillfactor = 70)""",
                    "CREATE INDEX machine_labels ON machine USING gin (labels)",
                    // Enough to know how rare each label is, so that rare ones are looked up.
                    "ALTER TABLE machine ALTER COLUMN labels SET STATISTICS 1000",
                    "CREATE INDEX machine_of_tenant ON machine (tenant, id)",
                    "CREATE INDEX machine_in_phase ON machine (phase, id)",
                    "CREATE INDEX machine_of_deployment ON machine (deployment)"
                            + " WHERE phase <> 'released'",
                    "CREATE INDEX machine_waits ON machine (class, created_at, id)"
                            + " WHERE phase = 'requested'");
}
