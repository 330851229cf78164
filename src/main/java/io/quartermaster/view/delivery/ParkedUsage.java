package io.quartermaster.view.delivery;

import io.quartermaster.engine.SqlTx;
import java.time.Instant;

/**
 * Remembers which resources the view of usage cannot follow at present. What it writes of them
 * later has positions that the feed has passed by then, so they are fed anew as a whole.
 */
final class ParkedUsage {
    private static final String REMEMBER =
            """
            INSERT INTO usage_parked
            SELECT DISTINCT stream FROM parked_stream WHERE subscriber LIKE 'books.%'
            ON CONFLICT DO NOTHING""";
    private static final String GO_ON =
            """
            WITH freed AS (
              DELETE FROM usage_parked p WHERE NOT EXISTS (
                SELECT FROM parked_stream s
                WHERE s.subscriber LIKE 'books.%' AND s.stream = p.resource)
              RETURNING resource)
            INSERT INTO usage_fed (resource, fed_to, open_from, open_facts, due_at)
            SELECT resource, min(from_at), NULL, 0, ? FROM usage_segment JOIN freed USING (resource)
            GROUP BY resource
            ON CONFLICT (resource) DO UPDATE
            SET fed_to = excluded.fed_to, open_from = NULL, due_at = excluded.due_at""";

    private ParkedUsage() {}

    /** Both in the transaction, and so in the picture of the world, of a look. */
    static void note(Instant now, SqlTx tx) {
        tx.update(REMEMBER);
        tx.update(GO_ON, now);
    }
}
