package io.quartermaster.view.delivery;

import io.quartermaster.billing.delivery.Letter;
import io.quartermaster.billing.delivery.SinkState;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Questions about sinks, and what people decide about them. */
public final class Sinks {

    /** More of what waits is not counted. */
    public static final int COUNTED = 100_000;

    private static final String BEHIND =
            """
            SELECT count(*) AS slices, min(made_at) AS first FROM (
              SELECT made_at FROM usage_slice WHERE seq > ? ORDER BY seq LIMIT ?) AS waiting""";
    private static final String DEAD =
            """
            SELECT count(*) FROM sink_dead_letter
            WHERE sink = ? AND (resolution IS NULL OR resolution = 'retrying')""";
    private static final String LETTERS =
            LetterRow.SELECT
                    + " WHERE d.sink = ? AND d.id > ?"
                    + " AND (d.resolution IS NULL OR d.resolution = 'retrying')"
                    + " ORDER BY d.id LIMIT ?";
    private static final String RESOLVE =
            """
            UPDATE sink_dead_letter SET resolution = ?, reason = ?, actor = ?, resolved_at = ?
            WHERE sink = ? AND id = ? AND resolution IS NULL""";
    private static final String RESUME =
            """
            UPDATE sink_state SET condition = 'active', reason = NULL, failures = 0, refused = 0,
              next_attempt_at = NULL
            WHERE sink = ?""";
    private static final String READ_BACK =
            """
            UPDATE sink_state SET settling = cursor, settling_since = NULL WHERE sink = ?""";
    private static final String DECISION =
            "INSERT INTO sink_decision (sink, what, reason, actor, at) VALUES (?, ?, ?, ?, ?)";

    private final Database database;
    private final Json json;
    private final InstantSource clock;

    /**
     * Where a sink stands.
     *
     * @param behind slices that it has not dealt with, {@link #COUNTED} at most
     * @param late age of the first of them, zero when there is none
     * @param deadLetters those that wait for a person, or to be sent once more
     */
    public record Standing(SinkState state, long behind, Duration late, long deadLetters) {}

    /** Who decides, and why. */
    public record Decision(String actor, String reason) {}

    public Sinks(DataSource source, Json json, InstantSource clock) {
        this.database = new Database(source);
        this.json = json;
        this.clock = clock;
    }

    /** Where a sink stands, empty before it was at work for the first time. */
    public Optional<Standing> of(String sink) {
        return database.query(SinkRow.SELECT, SinkRow::read, sink).stream()
                .findFirst()
                .map(row -> standing(row.state()));
    }

    private Standing standing(SinkState state) {
        long dead = database.query(DEAD, row -> row.getLong(1), state.sink()).getFirst();
        return database.query(
                        BEHIND,
                        row -> {
                            long slices = row.getLong(1);
                            var late =
                                    slices == 0
                                            ? Duration.ZERO
                                            : Duration.between(
                                                    Database.instant(row, 2), clock.instant());
                            return new Standing(
                                    state, slices, late.isNegative() ? Duration.ZERO : late, dead);
                        },
                        state.cursor(),
                        COUNTED)
                .getFirst();
    }

    /**
     * Dead letters that are not done with, oldest first.
     *
     * @param after id of the last one that is known, 0 for all
     */
    public List<Letter> letters(String sink, long after, int limit) {
        return database.query(LETTERS, row -> LetterRow.read(row, json), sink, after, limit);
    }

    /** Has a dead letter sent once more; false when no such one waits for a decision. */
    public boolean retry(String sink, long letter, Decision decision) {
        return resolve("retrying", sink, letter, decision);
    }

    /** Does without a slice for ever; false when no such letter waits for a decision. */
    public boolean skip(String sink, long letter, Decision decision) {
        return resolve("skipped", sink, letter, decision);
    }

    private boolean resolve(String how, String sink, long letter, Decision decision) {
        var reason = decision.reason();
        var actor = decision.actor();
        return database.update(RESOLVE, how, reason, actor, now(), sink, letter) > 0;
    }

    /** Lets a sink send again, at once. */
    public void resume(String sink, Decision decision) {
        decide(RESUME, sink, "resume", decision);
    }

    /** Has everything read back that was taken so far and was not read back yet, at once. */
    public void readBack(String sink, Decision decision) {
        decide(READ_BACK, sink, "read back", decision);
    }

    private void decide(String sql, String sink, String what, Decision decision) {
        database.transact(
                connection -> {
                    Database.update(connection, sql, sink);
                    return Database.update(
                            connection,
                            DECISION,
                            sink,
                            what,
                            decision.reason(),
                            decision.actor(),
                            now());
                });
    }

    private Instant now() {
        return clock.instant();
    }
}
