package io.quartermaster.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import picocli.CommandLine.Command;

/** The daemon. PostgreSQL is up before Quarkus asks for connections, and goes after it. */
@Command(name = "serve", description = "Runs the daemon until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = Logger.getLogger(ServeCommand.class);

    @Override
    public Integer call() {
        var config = config();
        var settings = config.getConfigMapping(Settings.class);
        RunLogRetention.check(settings.runLogKept());
        ConfiguredSinks.of(settings.sinks());
        var data = DataDirectory.open(settings.data(), new SecureRandom());
        var derived = new HashMap<>(listen(settings));
        if (settings.adminToken().isEmpty()) {
            derived.put("quartermaster.admin-token", data.secret("admin.token"));
        }
        if (config.getOptionalValue("quarkus.datasource.jdbc.url", String.class).isPresent()) {
            return run(derived);
        }
        data.lock();
        var postgres = startPostgres(data);
        derived.put("quartermaster.embedded", "true");
        derived.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        derived.put("quarkus.datasource.username", PostgresCluster.USER);
        derived.put("quarkus.datasource.password", data.secret("postgres.password"));
        LOG.infof("Embedded PostgreSQL at %s, data in %s", postgres.jdbcUrl(), data.root());
        return runWith(postgres, derived);
    }

    private static SmallRyeConfig config() {
        try {
            return ConfigUtils.configBuilder().withMapping(Settings.class).build();
        } catch (IllegalArgumentException | io.smallrye.config.ConfigValidationException e) {
            throw new StartRefused("invalid-setting", String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, String> listen(Settings settings) {
        var address = ListenAddress.parse(settings.listen());
        return Map.of(
                "quarkus.http.host", address.host(),
                "quarkus.http.port", Integer.toString(address.port()));
    }

    private static PostgresServer startPostgres(DataDirectory data) {
        data.secret("postgres.password");
        var cluster =
                new PostgresCluster(
                        PostgresBinaries.unpackedBelow(data.root()),
                        data.makeDirectory("postgres"),
                        data.resolve("postgres.password"),
                        PostgresLaunch.onThisSystem());
        return PostgresServer.start(cluster, List.of());
    }

    private static int runWith(PostgresServer postgres, Map<String, String> derived) {
        var quarkusIsDown = new CountDownLatch(1);
        // All hooks run at once; this one waits for Quarkus, whose last work still needs the
        // database.
        var stopPostgres =
                Thread.ofPlatform()
                        .name("stop postgres")
                        .unstarted(
                                () -> {
                                    awaitQuietly(quarkusIsDown);
                                    postgres.close();
                                });
        Runtime.getRuntime().addShutdownHook(stopPostgres);
        postgres.ended().thenRun(() -> stopWithout(quarkusIsDown));
        try {
            return run(derived);
        } finally {
            quarkusIsDown.countDown();
            end(postgres, stopPostgres);
        }
    }

    /** Returns when PostgreSQL is down: here, or in the hook when the JVM ends already. */
    private static void end(PostgresServer postgres, Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            postgres.close();
        } catch (IllegalStateException ending) {
            joinQuietly(hook);
        }
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stopWithout(CountDownLatch quarkusIsDown) {
        if (quarkusIsDown.getCount() == 0) return;
        LOG.error(
                "PostgreSQL ended, so the daemon stops. Start it again: what was committed is kept.");
        Quarkus.asyncExit(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(Map<String, String> derived) {
        DerivedSettings.publish(derived);
        var status = new AtomicInteger();
        Quarkus.run(
                null,
                (code, failure) -> {
                    status.set(code);
                    // Whoever passes a handler is the only one who hears of it.
                    if (failure != null) failure.printStackTrace();
                });
        return status.get();
    }
}
