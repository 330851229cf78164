package io.quartermaster.view.delivery;

import io.quartermaster.billing.delivery.Letter;
import io.quartermaster.billing.delivery.Letter.Cause;
import io.quartermaster.billing.delivery.Letter.Kind;
import io.quartermaster.engine.Database;
import io.quartermaster.view.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** A dead letter of a sink, as it is stored. */
final class LetterRow {
    static final String SELECT =
            "SELECT d.id AS letter, d.sink, d.kind, d.error, d.attempts, d.died_at, "
                    + SliceRow.COLUMNS
                    + " FROM sink_dead_letter d JOIN usage_slice s USING (seq)";

    private LetterRow() {}

    static Letter read(ResultSet row, Json json) throws SQLException {
        return new Letter(
                row.getLong("letter"),
                row.getString("sink"),
                SliceRow.read(row, json),
                new Cause(
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("error")),
                row.getInt("attempts"),
                Database.instant(row, row.findColumn("died_at")));
    }
}
