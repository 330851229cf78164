package io.quartermaster.bench;

import io.quartermaster.app.Daemon;
import io.quartermaster.app.DurablePostgres;
import io.quartermaster.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a whole daemon that has nothing to do asks of its database. */
record IdleDaemon(DurablePostgres postgres, Path folder) {
    private static final String NAME = "idle";
    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final Duration WINDOW = Duration.ofSeconds(60);

    /** Transactions per second, as PostgreSQL counts them for its database. */
    double queriesPerSecond() throws Exception {
        Store.create(postgres, NAME);
        var settings =
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(NAME),
                        "QUARKUS_DATASOURCE_USERNAME", DurablePostgres.USER,
                        "QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        try (var daemon = Daemon.launch(folder.resolve("idle"), settings).awaitReady()) {
            TimeUnit.SECONDS.sleep(SETTLING.toSeconds());
            long before = transactions();
            TimeUnit.SECONDS.sleep(WINDOW.toSeconds());
            double rate = (transactions() - before) / (double) WINDOW.toSeconds();
            daemon.terminate();
            return rate;
        }
    }

    /** Asked from another database, so that the question does not count. */
    private long transactions() {
        return new Database(Store.source(postgres, "postgres"))
                .query(
                        "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = ?",
                        row -> row.getLong(1),
                        NAME)
                .getFirst();
    }
}
