package io.quartermaster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * What PostgreSQL makes of the same rows without a log: a table with the columns of {@code event}
 * and nothing but a primary key.
 */
final class PlainRows {
    private static final String COLUMNS =
            "stream, version, event_id, type, schema_version, data, metadata, tenant, slice";
    private final Store store;
    private final String rest;

    private PlainRows(Store store, String rest) {
        this.store = store;
        this.rest = rest;
    }

    /** Makes the table for rows like the newest event. */
    static PlainRows likeEvents(Store store) {
        var database = store.database();
        database.update("CREATE TABLE plain_row (LIKE event)");
        database.update("ALTER TABLE plain_row ALTER recorded_at SET DEFAULT now()");
        database.update("ALTER TABLE plain_row ALTER effective_at SET DEFAULT now()");
        database.update("ALTER TABLE plain_row ALTER position ADD GENERATED ALWAYS AS IDENTITY");
        database.update("ALTER TABLE plain_row ADD PRIMARY KEY (position)");
        var rest =
                "SELECT concat_ws(E'\\t', type, schema_version, data, metadata, tenant, slice)"
                        + " FROM event ORDER BY position DESC LIMIT 1";
        return new PlainRows(store, database.query(rest, row -> row.getString(1)).getFirst());
    }

    /** A script for pgbench that inserts one row. */
    Path insertScript(Path folder) throws IOException {
        var values = new ArrayList<String>();
        for (var value : rest.split("\t")) values.add("'" + value + "'");
        var insert =
                "\\set version random(1, 1000000000000)\n"
                        + "INSERT INTO plain_row (%s) VALUES ('%s', :version, gen_random_uuid(), %s);\n";
        var text = insert.formatted(COLUMNS, stream(), String.join(", ", values));
        return Files.writeString(folder.resolve("insert.sql"), text);
    }

    private static String stream() {
        return "machine/" + UUID.randomUUID();
    }

    /** Rows per second through COPY, so many in each transaction. */
    double copyRate(int rowsEach, Duration time) throws SQLException, IOException {
        try (var connection = store.pool().getConnection()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            var sql = "COPY plain_row (" + COLUMNS + ") FROM STDIN";
            long start = System.nanoTime();
            long end = start + time.toNanos();
            long copied = 0;
            while (System.nanoTime() < end) {
                var target = copy.copyIn(sql);
                var bytes = rows(rowsEach);
                target.writeToCopy(bytes, 0, bytes.length);
                copied += target.endCopy();
            }
            return copied * 1e9 / (System.nanoTime() - start);
        }
    }

    private byte[] rows(int count) {
        var text = new StringBuilder();
        var stream = stream();
        for (int version = 1; version <= count; version++) {
            text.append(stream).append('\t').append(version).append('\t');
            text.append(UUID.randomUUID()).append('\t').append(rest).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
