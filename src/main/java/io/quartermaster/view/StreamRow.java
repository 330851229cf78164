package io.quartermaster.view;

import io.quartermaster.engine.SqlTx;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row in which a projection keeps one stream. Every event counts, also one that changes nothing
 * to be seen: the row's version is always the stream's.
 *
 * @param table with the columns version and updated_at
 * @param key the column of the stream's key
 */
public record StreamRow(String table, String key) {

    /** Notes an event that changes nothing to be seen. Of many at once the last one is enough. */
    public void touch(Envelope<?> envelope, SqlTx tx) {
        var set = "UPDATE " + table + " SET version = ?, updated_at = ?";
        tx.updateAtLast(
                envelope.stream(),
                set + " WHERE " + key + " = ? AND version < ?",
                envelope.version(),
                envelope.recordedAt(),
                envelope.stream().key(),
                envelope.version());
    }

    /**
     * Changes the row of the event's stream.
     *
     * @param assignments as after SET, with one value for each question mark
     */
    public void change(
            Envelope<?> envelope, SqlTx tx, String assignments, @Nullable Object... values)
            throws SQLException {
        var all = new ArrayList<@Nullable Object>(Arrays.asList(values));
        all.add(envelope.version());
        all.add(envelope.recordedAt());
        all.add(envelope.stream().key());
        var set = "UPDATE " + table + " SET " + assignments + ", version = ?, updated_at = ?";
        tx.updateOf(envelope.stream(), set + " WHERE " + key + " = ?", all.toArray());
    }
}
