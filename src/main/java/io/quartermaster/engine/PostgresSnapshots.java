package io.quartermaster.engine;

import io.quartermaster.engine.wire.Codec;
import io.quartermaster.engine.wire.Unreadable;
import io.quartermaster.es.StreamId;
import java.util.Optional;

/** Snapshots as JSON in the streams' rows. */
public final class PostgresSnapshots implements Snapshots {
    private static final String FIND =
            "SELECT snapshot_version, tenant, snapshot FROM stream"
                    + " WHERE id = ? AND snapshot_shape = ? AND snapshot_version <= version";
    private static final String KEEP =
            """
            UPDATE stream SET snapshot = ?::jsonb, snapshot_version = ?, snapshot_shape = ?
            WHERE id = ? AND version >= ?
              AND (snapshot_shape IS DISTINCT FROM ? OR snapshot_version < ?)""";

    private final Database database;
    private final Codec codec;

    public PostgresSnapshots(Database database, Codec codec) {
        this.database = database;
        this.codec = codec;
    }

    @Override
    public Optional<Loaded<Object>> find(StreamId stream, Class<?> stateType, String shape) {
        record Kept(long version, String tenant, String json) {}
        return database
                .query(
                        FIND,
                        row -> new Kept(row.getLong(1), row.getString(2), row.getString(3)),
                        stream,
                        shape)
                .stream()
                .findFirst()
                .flatMap(
                        kept ->
                                state(kept.json(), stateType)
                                        .map(
                                                state ->
                                                        new Loaded<>(
                                                                stream,
                                                                kept.version(),
                                                                kept.tenant(),
                                                                state)));
    }

    /** The events tell everything that an unreadable snapshot could. */
    private Optional<Object> state(String json, Class<?> type) {
        try {
            return Optional.of(codec.readState(json, type));
        } catch (Unreadable useless) {
            return Optional.empty();
        }
    }

    @Override
    public void keep(Loaded<Object> loaded, Class<?> stateType, String shape) {
        database.update(
                KEEP,
                codec.writeState(loaded.state(), stateType),
                loaded.version(),
                shape,
                loaded.stream(),
                loaded.version(),
                shape,
                loaded.version());
    }
}
