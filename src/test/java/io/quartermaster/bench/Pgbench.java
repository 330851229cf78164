package io.quartermaster.bench;

import io.quartermaster.app.DurablePostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator. */
record Pgbench(DurablePostgres postgres, String database) {
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without");

    /** Transactions per second of so many clients that repeat the script. */
    double rate(Path script, int clients, Duration time) throws IOException, InterruptedException {
        int threads = Math.min(clients, Runtime.getRuntime().availableProcessors());
        var command =
                List.of(
                        "pgbench",
                        "--host=127.0.0.1",
                        "--port=" + postgres.port(),
                        "--username=" + DurablePostgres.USER,
                        "--no-vacuum",
                        "--file=" + script,
                        "--client=" + clients,
                        "--jobs=" + threads,
                        "--time=" + Math.max(1, time.toSeconds()),
                        database);
        var said = Programs.run(command, Map.of("PGPASSWORD", postgres.password())).said();
        var rate = RATE.matcher(said);
        if (!rate.find()) throw new IOException("pgbench: " + said);
        return Double.parseDouble(rate.group(1));
    }
}
