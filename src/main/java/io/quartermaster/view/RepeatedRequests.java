package io.quartermaster.view;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that carry an Idempotency-Key, and how they were answered: the same key and body get the
 * same answer for a day.
 */
public final class RepeatedRequests {

    /** How long answers are kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final Json json;

    public RepeatedRequests(Database database, Json json) {
        this.database = database;
        this.json = json;
    }

    /**
     * An answer as it was sent.
     *
     * @param headers by name, those that belong to the content: ETag, Location, Content-Type
     */
    public record Answer(int status, Map<String, String> headers, String body) {}

    /** What is known about a key. */
    public sealed interface Claim {

        /** Nothing that would keep the request from being carried out, now or once more. */
        record Open() implements Claim {}

        /** The same request was answered. */
        record Answered(Answer answer) implements Claim {}

        /** Another request came under the key before. */
        record Taken() implements Claim {}
    }

    /**
     * Takes a key for a request, or finds what it was used for. Two at the same time may both find
     * it open: the log accepts their command once.
     *
     * @param fingerprint tells requests apart
     */
    public Claim claim(String actor, String key, String fingerprint, Instant now) {
        database.update("DELETE FROM repeated_request WHERE first_at < ?", now.minus(KEPT));
        database.update(
                "INSERT INTO repeated_request (actor, key, fingerprint, first_at)"
                        + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                actor,
                key,
                fingerprint,
                now);
        return database.one(
                        "SELECT fingerprint, answer FROM repeated_request WHERE actor = ? AND key = ?",
                        row -> claim(fingerprint, row),
                        actor,
                        key)
                .orElseGet(Claim.Open::new);
    }

    private static Claim claim(String fingerprint, Row row) throws SQLException {
        if (!row.text("fingerprint").equals(fingerprint)) return new Claim.Taken();
        return Optional.ofNullable(row.maybeJson("answer", Answer.class))
                .<Claim>map(Claim.Answered::new)
                .orElseGet(Claim.Open::new);
    }

    /** Keeps the answer to a claimed request. The first one counts. */
    public void keep(String actor, String key, Answer answer) {
        database.update(
                "UPDATE repeated_request SET answer = ?::jsonb"
                        + " WHERE actor = ? AND key = ? AND answer IS NULL",
                json.write(answer),
                actor,
                key);
    }
}
