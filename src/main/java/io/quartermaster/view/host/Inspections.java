package io.quartermaster.view.host;

import io.quartermaster.step.Failure;
import io.quartermaster.view.Database;
import io.quartermaster.view.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When each host was last looked at. What an inspection saw is an event; that it took place, every
 * few minutes on every host, is none.
 */
public final class Inspections {
    private static final String DUE =
            """
            SELECT h.name FROM host h LEFT JOIN inspection i ON i.host = h.name
            WHERE h.state <> 'retired' AND h.spec ->> 'user' <> '' AND h.spec ->> 'address' <> ''
              AND (h.standing = 'good' OR h.source NOT LIKE 'provider:%')
              AND (i.attempted_at IS NULL OR i.attempted_at < ?
                OR h.facts IS NULL AND h.source LIKE 'provider:%' AND i.attempted_at < ?)
            ORDER BY i.attempted_at NULLS FIRST, h.name LIMIT ?""";
    private static final String ATTEMPTED =
            """
            INSERT INTO inspection (host, attempted_at, failure) VALUES (?, ?, ?::jsonb)
            ON CONFLICT (host) DO UPDATE SET
              attempted_at = excluded.attempted_at, failure = excluded.failure
            WHERE inspection.attempted_at <= excluded.attempted_at""";

    private final Database database;
    private final Json json;

    public Inspections(Database database, Json json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Hosts never looked at, then those last looked at too long ago, longest first; none that
     * nobody can sign in to, and none of a provider that is about to go.
     *
     * @param before a look before that time is too long ago
     * @param beforeIfNew the same for a host that a provider has just made and that a machine waits
     *     for
     */
    public List<String> due(Instant before, Instant beforeIfNew, int limit) {
        return database.list(DUE, row -> row.text("name"), before, beforeIfNew, limit);
    }

    /** Forgets all looks at a host. */
    public void forget(String host) {
        database.update("DELETE FROM inspection WHERE host = ?", host);
    }

    /**
     * Notes a look at a host.
     *
     * @param failure why it failed, absent when it did not
     */
    public void attempted(String host, Instant at, @Nullable Failure failure) {
        database.update(ATTEMPTED, host, at, failure == null ? null : json.write(failure));
    }
}
