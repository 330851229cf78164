package io.quartermaster.view.machine;

import io.quartermaster.machine.RunKind;
import io.quartermaster.view.Database;
import io.quartermaster.view.Filter;
import io.quartermaster.view.Listing;
import io.quartermaster.view.Page;
import io.quartermaster.view.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions about runs and their steps. */
public final class Runs {

    /** In turns, so that neither a gone runner's work nor new work waits for all of the other. */
    private static final String DUE =
            """
            SELECT r.machine, r.number, r.kind, r.state, m.tenant, m.host,
              h.labels ->> 'pool' AS pool, h.bastion
            FROM (
              (SELECT *, row_number() OVER (ORDER BY due_at, machine) AS turn FROM run
               WHERE state IN ('due', 'waiting') AND due_at <= ? AND machine <> ALL (?)
               ORDER BY due_at, machine LIMIT ?)
              UNION ALL
              (SELECT run.*, row_number() OVER (ORDER BY machine.updated_at, run.machine) AS turn
               FROM run JOIN machine ON machine.id = run.machine
               WHERE state = 'claimed' AND run.machine <> ALL (?)
               ORDER BY machine.updated_at, run.machine LIMIT ?)) r
            JOIN machine m ON m.id = r.machine
            LEFT JOIN host h ON h.name = m.host
            ORDER BY r.turn, r.state, r.machine""";

    private static final String STUCK =
            """
            SELECT r.* FROM run r JOIN machine m ON m.id = r.machine
            WHERE r.state = 'claimed' AND m.updated_at < ?
            ORDER BY m.updated_at, r.machine LIMIT ?""";

    /** Takes the steps that were not sent yet from the plan; only a clean-up goes another way. */
    private static final String STEPS =
            """
            SELECT coalesce(s.step, p.place - 1)::int AS step, coalesce(s.name, p.name, '') AS name,
              coalesce(s.outcome, 'pending') AS outcome, coalesce(s.attempts, 0) AS attempts,
              s.sent_at, s.finished_at, s.millis, s.failure
            FROM (SELECT * FROM run_step WHERE machine = ? AND run = ?) s
            FULL JOIN (
              SELECT planned.place, planned.step ->> 'name' AS name
              FROM run JOIN plan_revision pr ON pr.plan = run.plan AND pr.revision = run.revision
                CROSS JOIN jsonb_array_elements(pr.spec -> 'steps')
                  WITH ORDINALITY AS planned (step, place)
              WHERE run.machine = ? AND run.number = ? AND run.kind <> 'CLEAN') p
              ON p.place - 1 = s.step
            ORDER BY 1""";

    private final Database database;

    public Runs(Database database) {
        this.database = database;
    }

    /** One run, or empty when there is none of that number. */
    public Optional<RunRow> get(String machine, int number) {
        return database.one(
                "SELECT * FROM run WHERE machine = ? AND number = ?",
                RunRow::read,
                machine,
                number);
    }

    /**
     * Runs of a machine, newest first.
     *
     * @param listing only its state, limit and cursor count
     */
    public Page<RunRow> ofMachine(String machine, Listing listing) {
        var filter = new Filter().and("machine = ?", machine);
        if (listing.state() != null) filter.and("state = ?", listing.state());
        if (listing.cursor() != null) filter.and("number < ?", listing.afterNumber());
        var sql = "SELECT * FROM run" + filter.where() + " ORDER BY number DESC LIMIT ?";
        var rows = database.list(sql, RunRow::read, filter.values(listing.fetch()));
        return Page.of(rows, listing, run -> String.valueOf(run.number()));
    }

    /** The steps of a run, in order, with those still to come. */
    public List<StepRow> steps(String machine, int number) {
        return database.list(STEPS, StepRow::read, machine, number, machine, number);
    }

    /**
     * Runs to take: at most {@code limit} whose time has come, longest due first; and in turns with
     * them at most {@code limit} that are claimed, longest silent first, since their runner may be
     * gone. The lease decides.
     *
     * @param taken machines whose runs are known to be in somebody's hands; they are left out
     */
    public List<DueRun> due(int limit, Instant now, Collection<String> taken) {
        return database.list(DUE, Runs::readDue, now, taken, limit, taken, limit);
    }

    private static DueRun readDue(Row row) throws SQLException {
        return new DueRun(
                row.text("machine"),
                row.integer("number"),
                RunKind.valueOf(row.text("kind")),
                row.text("state"),
                row.text("tenant"),
                row.maybeText("host"),
                row.maybeText("pool"),
                row.maybeText("bastion"));
    }

    /** Claimed runs of which nothing was heard since, longest silent first. */
    public List<RunRow> stuck(Instant since, int limit) {
        return database.list(STUCK, RunRow::read, since, limit);
    }

    /** How many runs that are not over are in each state. */
    public Map<String, Long> countByState() {
        return database.count(
                """
                SELECT state AS word, count(*) FROM run WHERE state IN ('due', 'waiting') GROUP BY 1
                UNION ALL
                SELECT state, count(*) FROM run WHERE state = 'claimed' GROUP BY 1""");
    }
}
