package io.quartermaster.view.machine;

import io.quartermaster.engine.SqlTx;
import io.quartermaster.es.Envelope;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.RunKind;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.view.Json;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** The part of {@link MachineTable} that keeps runs and their steps. */
final class RunTable {
    private static final String SUPERSEDED =
            """
            UPDATE run SET state = 'superseded', ended_at = ?
            WHERE machine = ? AND ended_at IS NULL""";
    private static final String REQUESTED =
            """
            INSERT INTO run (machine, number, kind, state, plan, revision, requested_at, due_at)
            SELECT id, ?, ?, 'due', plan, revision, ?, ? FROM machine WHERE id = ?""";
    private static final String CLAIMED =
            """
            UPDATE run SET state = 'claimed', fence = ?, runner = ?, waiting = NULL,
              started_at = coalesce(started_at, ?)
            WHERE machine = ? AND number = ?""";
    private static final String WAITING =
            """
            UPDATE run SET state = 'waiting', waiting = ?::jsonb, due_at = ?
            WHERE machine = ? AND number = ?""";
    private static final String CANCEL =
            """
            UPDATE run SET cancel = ?, cancel_reason = ?, due_at = least(due_at, ?)
            WHERE machine = ? AND number = ?""";
    private static final String ENDED =
            """
            UPDATE run SET state = ?, waiting = NULL, failure = ?::jsonb, ended_at = ?
            WHERE machine = ? AND number = ?""";
    private static final String SENT =
            """
            INSERT INTO run_step (machine, run, step, outcome, sent_at)
            SELECT ?, ?, step, 'sent', ? FROM generate_series(?::int, ?::int) AS step
            ON CONFLICT (machine, run, step) DO NOTHING""";
    private static final String FINISHED =
            """
            INSERT INTO run_step (machine, run, step, name, outcome, attempts, finished_at, millis,
              failure)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            ON CONFLICT (machine, run, step) DO UPDATE SET
              name = excluded.name, outcome = excluded.outcome, attempts = excluded.attempts,
              finished_at = excluded.finished_at, millis = excluded.millis,
              failure = excluded.failure""";

    private RunTable() {}

    static void apply(Envelope<?> envelope, MachineEvent event, Json json, SqlTx tx)
            throws SQLException {
        var machine = envelope.stream().key();
        var at = envelope.recordedAt();
        switch (event) {
            case MachineEvent.RunRequested(int run, RunKind kind) -> {
                tx.updateOf(envelope.stream(), SUPERSEDED, at, machine);
                tx.updateOf(envelope.stream(), REQUESTED, run, kind.name(), at, at, machine);
            }
            case MachineEvent.RunClaimed(int run, long fence, String runner) ->
                    tx.updateOf(envelope.stream(), CLAIMED, fence, runner, at, machine, run);
            case MachineEvent.StepsSent(int run, int first, int last) ->
                    tx.updateOf(envelope.stream(), SENT, machine, run, at, first, last);
            case MachineEvent.StepFinished finished -> finish(envelope, finished, json, tx);
            case MachineEvent.RunWaiting waiting -> {
                var why = json.write(waiting.why());
                tx.updateOf(
                        envelope.stream(), WAITING, why, waiting.until(), machine, waiting.run());
            }
            case MachineEvent.CancelRequested cancel -> cancel(envelope, cancel, tx);
            case MachineEvent.RunCompleted completed ->
                    tx.updateOf(
                            envelope.stream(),
                            ENDED,
                            "completed",
                            null,
                            at,
                            machine,
                            completed.run());
            case MachineEvent.Failed failed -> fail(envelope, failed, json, tx);
            case MachineEvent.Released ignored ->
                    tx.updateOf(envelope.stream(), SUPERSEDED, at, machine);
            case MachineEvent.Requested ignored -> {}
            case MachineEvent.Allocated ignored -> {}
            case MachineEvent.HostDeclined ignored -> {}
            case MachineEvent.SpecChanged ignored -> {}
            case MachineEvent.BecameReady ignored -> {}
            case MachineEvent.ReleaseStarted ignored -> {}
        }
    }

    private static void finish(
            Envelope<?> envelope, MachineEvent.StepFinished finished, Json json, SqlTx tx)
            throws SQLException {
        var report = finished.report();
        tx.updateOf(
                envelope.stream(),
                FINISHED,
                envelope.stream().key(),
                finished.run(),
                report.index(),
                report.name(),
                word(report.outcome()),
                report.attempt(),
                envelope.recordedAt(),
                report.millis(),
                report.failure() == null ? null : json.write(report.failure()));
    }

    /** A run that waits is looked at now, to be ended. */
    private static void cancel(Envelope<?> envelope, MachineEvent.CancelRequested cancel, SqlTx tx)
            throws SQLException {
        var mode = cancel.mode().name();
        var machine = envelope.stream().key();
        tx.updateOf(
                envelope.stream(),
                CANCEL,
                mode,
                cancel.reason(),
                envelope.recordedAt(),
                machine,
                cancel.run());
    }

    private static void fail(Envelope<?> envelope, MachineEvent.Failed failed, Json json, SqlTx tx)
            throws SQLException {
        var state = failed.failure().code().equals("cancelled") ? "cancelled" : "failed";
        var failure = json.write(failed.failure());
        var at = envelope.recordedAt();
        tx.updateOf(
                envelope.stream(),
                ENDED,
                state,
                failure,
                at,
                envelope.stream().key(),
                failed.run());
    }

    private static String word(StepOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** Runs that are not over are few; they have indexes of their own. */
    static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE run (
                      machine text NOT NULL,
                      number int NOT NULL,
                      kind text NOT NULL,
                      state text NOT NULL,
                      plan text NOT NULL,
                      revision int NOT NULL,
                      requested_at timestamptz NOT NULL,
                      due_at timestamptz NOT NULL,
                      started_at timestamptz,
                      ended_at timestamptz,
                      fence bigint NOT NULL DEFAULT 0,
                      runner text,
                      waiting jsonb,
                      failure jsonb,
                      cancel text,
                      cancel_reason text,
                      PRIMARY KEY (machine, number)
                    ) WITH (fillfactor = 70)""",
                    "CREATE INDEX run_due ON run (due_at, machine)"
                            + " WHERE state IN ('due', 'waiting')",
                    "CREATE INDEX run_claimed ON run (machine) WHERE state = 'claimed'",
                    """
                    CREATE TABLE run_step (
                      machine text NOT NULL,
                      run int NOT NULL,
                      step int NOT NULL,
                      name text,
                      outcome text NOT NULL,
                      attempts int NOT NULL DEFAULT 0,
                      sent_at timestamptz,
                      finished_at timestamptz,
                      millis bigint,
                      failure jsonb,
                      PRIMARY KEY (machine, run, step)
                    )""");
}
