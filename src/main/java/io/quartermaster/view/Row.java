package io.quartermaster.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The row at hand, its columns by name. */
public final class Row {
    private final ResultSet rows;
    private final Json json;

    Row(ResultSet rows, Json json) {
        this.rows = rows;
        this.json = json;
    }

    /** A text that is there. */
    public String text(String column) throws SQLException {
        var text = rows.getString(column);
        if (text == null) throw new SQLException("column " + column + " is null");
        return text;
    }

    /** A text that may be missing. */
    public @Nullable String maybeText(String column) throws SQLException {
        return rows.getString(column);
    }

    public int integer(String column) throws SQLException {
        return rows.getInt(column);
    }

    public long number(String column) throws SQLException {
        return rows.getLong(column);
    }

    public @Nullable Long maybeNumber(String column) throws SQLException {
        long number = rows.getLong(column);
        return rows.wasNull() ? null : number;
    }

    public boolean flag(String column) throws SQLException {
        return rows.getBoolean(column);
    }

    /** A time that is there. */
    public Instant instant(String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A time that may be missing. */
    public @Nullable Instant maybeInstant(String column) throws SQLException {
        var time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Texts of an array column. */
    public List<String> texts(String column) throws SQLException {
        return List.of((String[]) rows.getArray(column).getArray());
    }

    /** A value of a JSON column. */
    public <T> T json(String column, Class<T> type) throws SQLException {
        return json.read(text(column), type);
    }

    /** A value of a JSON column that may be missing. */
    public <T> @Nullable T maybeJson(String column, Class<T> type) throws SQLException {
        var text = rows.getString(column);
        return text == null ? null : json.read(text, type);
    }

    /** Texts by name of a JSON column, sorted. */
    public Map<String, String> labels(String column) throws SQLException {
        return json.labels(text(column));
    }
}
