package io.quartermaster.engine;

import io.quartermaster.engine.EventLog.Row;
import io.quartermaster.engine.EventLog.Wanted;
import io.quartermaster.engine.wire.Codec;
import io.quartermaster.engine.wire.WireFamily.Stored;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Reads events out of rows of the table {@code event}. */
final class EventRows {
    private static final String PLAIN =
            "position, stream, version, recorded_at, type, schema_version, event_id, tenant,"
                    + " effective_at, metadata, data";

    /** Of what is not wanted, the server keeps the long columns to itself. */
    private static final String WANTED_ONLY =
            "position, stream, version, recorded_at, type, schema_version, event_id, tenant,"
                    + " effective_at, CASE WHEN wanted THEN metadata END, CASE WHEN wanted THEN data END";

    private static final String AFTER =
            "SELECT " + PLAIN + " FROM event WHERE position > ? ORDER BY position LIMIT ?";
    private static final String WANTED_AFTER =
            "SELECT "
                    + WANTED_ONLY
                    + " FROM (SELECT *, type = ANY (?) AND slice BETWEEN ? AND ? AS wanted"
                    + " FROM event WHERE position > ? ORDER BY position LIMIT ?) e ORDER BY position";
    private static final String OF_STREAM =
            "SELECT "
                    + PLAIN
                    + " FROM event WHERE stream = ? AND version >= ? ORDER BY version LIMIT ?";

    private final Database database;
    private final Codec codec;
    private final Map<Set<Class<?>>, String[]> names = new ConcurrentHashMap<>();

    EventRows(Database database, Codec codec) {
        this.database = database;
        this.codec = codec;
    }

    List<Envelope<?>> after(long position, int limit) {
        return database.query(AFTER, this::envelope, position, limit);
    }

    List<Row> after(long position, int limit, Wanted wanted) {
        var types =
                names.computeIfAbsent(
                        wanted.eventRoots(),
                        roots -> codec.events().namesUnder(roots).toArray(String[]::new));
        var slices = wanted.slices();
        return database.query(
                WANTED_AFTER, this::row, types, slices.first(), slices.last(), position, limit);
    }

    List<Envelope<?>> ofStream(StreamId stream, long fromVersion, int limit) {
        return database.query(OF_STREAM, this::envelope, stream, fromVersion, limit);
    }

    private Row row(ResultSet row) throws SQLException {
        boolean wanted = row.getString(11) != null;
        if (!wanted) codec.events().typeOf(row.getString(5)); // even what is skipped must be known
        return new Row(
                row.getLong(1),
                StreamId.parse(row.getString(2)),
                row.getLong(3),
                Database.instant(row, 4),
                wanted ? envelope(row) : null);
    }

    private Envelope<?> envelope(ResultSet row) throws SQLException {
        var stored = new Stored(row.getString(5), row.getInt(6), row.getString(11));
        return new Envelope<>(
                row.getLong(1),
                StreamId.parse(row.getString(2)),
                row.getLong(3),
                row.getObject(7, UUID.class),
                row.getString(8),
                Database.instant(row, 4),
                Database.instant(row, 9),
                codec.readMetadata(row.getString(10)),
                codec.events().read(stored));
    }
}
