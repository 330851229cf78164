package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.subscription.Build.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The builds of projections as rows, and their schemas and views; each call in a transaction. */
final class Builds {
    private static final long LOCK = 4922173091850133L;
    private static final String SELECT =
            "SELECT projection, build, version, state, tables FROM projection_build";

    private final Connection connection;

    /**
     * @param connection in a transaction
     */
    Builds(Connection connection) {
        this.connection = connection;
    }

    /** Waits for others who change builds; they wait for this transaction's end. */
    void lock() throws SQLException {
        Database.query(connection, "SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
    }

    /** A projection's builds, the newest first. */
    List<Build> of(String projection) throws SQLException {
        var sql = SELECT + " WHERE projection = ? ORDER BY build DESC";
        return Database.query(connection, sql, Builds::build, projection);
    }

    /** All builds of all projections. */
    List<Build> all() throws SQLException {
        return Database.query(connection, SELECT + " ORDER BY projection, build", Builds::build);
    }

    /** The builds that are not shown yet. */
    List<Build> filling() throws SQLException {
        return Database.query(connection, SELECT + " WHERE state = 'filling'", Builds::build);
    }

    /** Makes an empty build, and drops what rests; the first build ever serves at once. */
    Build create(Projection projection, Instant now) throws SQLException {
        var earlier = of(projection.name());
        for (var old : earlier) if (old.state() == State.RETIRED) drop(old);
        int number = earlier.isEmpty() ? 1 : earlier.getFirst().number() + 1;
        var empty =
                new Build(
                        projection.name(), number, projection.version(), State.FILLING, List.of());
        execute("CREATE SCHEMA " + empty.schema());
        execute("SET LOCAL search_path TO " + empty.schema() + ", public");
        for (var statement : projection.tables()) execute(statement);
        execute("SET LOCAL search_path TO DEFAULT");
        var build = insert(empty, now);
        if (earlier.stream().noneMatch(old -> old.state() == State.SERVING)) show(build, now);
        return build;
    }

    private Build insert(Build build, Instant now) throws SQLException {
        return Database.query(
                        connection,
                        """
                        INSERT INTO projection_build
                            (projection, build, version, state, created_at, tables)
                        SELECT ?, ?, ?, 'filling', ?,
                            coalesce(array_agg(quote_ident(tablename) ORDER BY tablename), '{}')
                        FROM pg_tables WHERE schemaname = ?
                        RETURNING projection, build, version, state, tables""",
                        Builds::build,
                        build.projection(),
                        build.number(),
                        build.version(),
                        now,
                        build.schema())
                .getFirst();
    }

    /** Lets the views show a build; they never show half of it. */
    void show(Build build, Instant now) throws SQLException {
        var before =
                of(build.projection()).stream()
                        .filter(old -> old.state() == State.SERVING)
                        .findFirst();
        if (before.isPresent()) {
            for (var table : before.get().tables()) {
                execute("DROP VIEW IF EXISTS public." + table);
            }
            mark(before.get(), State.RETIRED, now);
        }
        for (var table : build.tables()) {
            execute(
                    "CREATE VIEW public.%s AS SELECT * FROM %s.%s"
                            .formatted(table, build.schema(), table));
        }
        mark(build, State.SERVING, now);
    }

    private void mark(Build build, State state, Instant now) throws SQLException {
        Database.update(
                connection,
                "UPDATE projection_build SET state = ?, switched_at = ?"
                        + " WHERE projection = ? AND build = ?",
                state.name().toLowerCase(Locale.ROOT),
                now,
                build.projection(),
                build.number());
    }

    private void drop(Build build) throws SQLException {
        execute("DROP SCHEMA IF EXISTS " + build.schema() + " CASCADE");
        for (var table : List.of("parked_stream", "checkpoint")) {
            var sql = "DELETE FROM " + table + " WHERE subscriber = ?";
            Database.update(connection, sql, build.subscriber());
        }
        Database.update(
                connection,
                "DELETE FROM projection_build WHERE projection = ? AND build = ?",
                build.projection(),
                build.number());
    }

    /** How far a build has come; empty before it was started. */
    Optional<Long> position(Build build) throws SQLException {
        return Database.query(
                        connection,
                        "SELECT position FROM checkpoint WHERE subscriber = ?",
                        row -> row.getLong(1),
                        build.subscriber())
                .stream()
                .findFirst();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Build build(ResultSet row) throws SQLException {
        var state = State.valueOf(row.getString(4).toUpperCase(Locale.ROOT));
        var tables = List.of((String[]) row.getArray(5).getArray());
        return new Build(row.getString(1), row.getInt(2), row.getInt(3), state, tables);
    }
}
