package io.quartermaster.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * The daemon's own PostgreSQL for tests: as it is in production, except that it need not survive a
 * power failure. It dies with the test JVM; its files stay below {@code target} until the next run.
 */
public final class TestServer {
    private static final String URL = "test.postgres.url";
    private static final List<String> FORGETFUL =
            List.of(
                    "fsync=off",
                    "synchronous_commit=off",
                    "full_page_writes=off",
                    "max_connections=200");

    private TestServer() {}

    /**
     * Starts it once for this JVM, also where several class loaders ask.
     *
     * @return an address with user and password, for one database: {@code %s} takes its name
     */
    public static String urlOfDatabase() {
        synchronized (System.class) {
            var known = System.getProperty(URL);
            if (known != null) return known;
            var started = start();
            System.setProperty(URL, started);
            return started;
        }
    }

    private static String start() {
        var data = DataDirectory.open(Path.of("target", "test-postgres"), new SecureRandom());
        data.lock();
        var password = data.secret("password");
        var launch = PostgresLaunch.onThisSystem();
        var home = data.makeDirectory("postgres");
        var binaries = PostgresBinaries.unpackedBelow(data.root());
        var cluster = new PostgresCluster(binaries, home, data.resolve("password"), launch);
        cluster.stopFormerServer();
        throwAway(cluster.data(), data.root());
        var server = PostgresServer.start(cluster, FORGETFUL);
        if (!launch.diesWithParent()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        }
        var address = server.jdbcUrl().replaceFirst("[^/]*$", "%s");
        return address + "?user=" + PostgresCluster.USER + "&password=" + password;
    }

    /** Thousands of files: no test waits for it, and what is left over goes the next time. */
    private static void throwAway(Path old, Path root) {
        var trash = root.resolve("trash");
        try {
            if (Files.exists(old))
                Files.move(old, Files.createDirectories(trash).resolve(unused(trash)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> delete(trash));
    }

    private static String unused(Path trash) {
        var number = 1;
        while (Files.exists(trash.resolve("data" + number))) number++;
        return "data" + number;
    }

    private static void delete(Path trash) {
        try {
            FileTree.delete(trash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
