package io.quartermaster.bench;

import io.quartermaster.app.DurablePostgres;
import io.quartermaster.bench.Floor.AtLeast;
import io.quartermaster.bench.Floor.AtMost;
import java.nio.file.Path;
import java.time.Duration;

/** The event log side by side with bare PostgreSQL, on one server that waits for the disk. */
final class LogBench {
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int EVENTS = 200_000;
    private static final int FOLLOWED = 1_000;
    private final Table table;
    private final Path folder;
    private final int rounds;

    LogBench(Table table, Path folder, int rounds) {
        this.table = table;
        this.folder = folder;
        this.rounds = rounds;
    }

    void run() throws Exception {
        try (var postgres = DurablePostgres.start(folder.resolve("log"))) {
            appends(postgres);
            subscriptions(postgres);
            Bench.say("an idle daemon");
            var idle = new IdleDaemon(postgres, folder).queriesPerSecond();
            table.absolute("idle daemon, queries/s", Sample.of(idle), new AtMost(4));
        }
    }

    private void appends(DurablePostgres postgres) throws Exception {
        try (var store = Store.fresh(postgres, "appends")) {
            new Appends(store.log(), 1, 1).rate(TIME);
            var plain = PlainRows.likeEvents(store);
            if (Programs.version("pgbench").isPresent()) {
                var script = plain.insertScript(folder);
                var pgbench = new Pgbench(postgres, "appends");
                single(store, pgbench, script, 1, 0.7);
                single(store, pgbench, script, 16, 1.0);
            } else {
                table.skipped(
                        "appends against pgbench", "install postgresql, which brings pgbench");
            }
            Bench.say("batches of 100 against COPY");
            var hundred = new Appends(store.log(), 1, 100);
            var rates =
                    Rounds.alternate(
                            rounds, () -> hundred.rate(TIME), () -> plain.copyRate(100, TIME));
            table.compare(
                    "batches of 100, events/s (peer: COPY)",
                    rates.ours(),
                    rates.peer(),
                    new AtLeast(0.5));
        }
    }

    private void single(Store store, Pgbench pgbench, Path script, int writers, double floor)
            throws Exception {
        Bench.say(writers + " writer(s) against pgbench");
        var appends = new Appends(store.log(), writers, 1);
        var rates =
                Rounds.alternate(
                        rounds,
                        () -> appends.rate(TIME),
                        () -> pgbench.rate(script, writers, TIME));
        var what = writers == 1 ? "1 writer" : writers + " writers";
        table.compare(
                "single appends, " + what + ", events/s (peer: pgbench, one row)",
                rates.ours(),
                rates.peer(),
                new AtLeast(floor));
    }

    private void subscriptions(DurablePostgres postgres) throws Exception {
        try (var store = Store.fresh(postgres, "subscriptions")) {
            Bench.say("append to handler");
            var delays = new Following(store).delays(FOLLOWED);
            table.absolute("append to handler, p50, ms", Sample.of(delays.median()), new AtMost(5));
            table.absolute(
                    "append to handler, p99, ms", Sample.of(delays.quantile(0.99)), new AtMost(50));
            Bench.say("catching up with " + EVENTS + " events");
            Histories.fill(store.log(), EVENTS);
            store.database().update("ANALYZE");
            var catchUp = new CatchUp(store);
            table.absolute(
                    "catch-up, events/s read and dispatched",
                    Rounds.alone(rounds, catchUp::read),
                    new AtLeast(100_000));
            table.absolute(
                    "catch-up through the machines' projection, events/s",
                    Rounds.alone(Math.min(rounds, 3), catchUp::project),
                    new AtLeast(20_000));
        }
    }
}
