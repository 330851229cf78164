package io.quartermaster.view.delivery;

import io.quartermaster.billing.delivery.SinkState;
import io.quartermaster.billing.delivery.SinkState.Condition;
import io.quartermaster.billing.delivery.SinkState.Last;
import io.quartermaster.billing.delivery.SinkState.Settled;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a sink has got, as it is stored, and under which lease. */
record SinkRow(long epoch, SinkState state) {
    static final String SELECT = "SELECT * FROM sink_state WHERE sink = ?";

    static SinkRow read(ResultSet row) throws SQLException {
        var state =
                new SinkState(
                        row.getString("sink"),
                        row.getLong("cursor"),
                        Condition.valueOf(row.getString("condition").toUpperCase(Locale.ROOT)),
                        row.getString("reason"),
                        row.getInt("failures"),
                        instant(row, "next_attempt_at"),
                        row.getInt("refused"),
                        new Last(
                                row.getString("last_answer"),
                                instant(row, "last_answer_at"),
                                instant(row, "last_success_at")),
                        new Settled(
                                row.getLong("settled"),
                                row.getLong("settling"),
                                instant(row, "settling_since")));
        return new SinkRow(row.getLong("epoch"), state);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
