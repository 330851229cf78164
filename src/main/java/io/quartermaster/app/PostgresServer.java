package io.quartermaster.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * A running PostgreSQL that belongs to this process: durable, on a loopback port of its own, open
 * to one user with a password, and gone when this process is gone, also after {@code kill -9}.
 */
final class PostgresServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.quartermaster.app.postgres");
    private static final String READY = "database system is ready to accept connections";
    private static final int LAST_LINES = 20;
    private static final int PORT_ATTEMPTS = 3;

    /** Crash recovery of a large log takes its time. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final PostgresCluster cluster;
    private final List<String> settings;
    private final int port;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private PostgresServer(PostgresCluster cluster, List<String> settings, int port) {
        this.cluster = cluster;
        this.settings = settings;
        this.port = port;
    }

    /**
     * Makes the cluster where it is missing, and returns when it takes connections.
     *
     * @param settings PostgreSQL's own, each {@code name=value}
     * @throws StartRefused with what PostgreSQL said
     */
    static PostgresServer start(PostgresCluster cluster, List<String> settings) {
        cluster.initialize();
        cluster.stopFormerServer();
        for (int attempt = 1; ; attempt++) {
            try {
                return new PostgresServer(cluster, settings, freePort()).awaitReady();
            } catch (PortTaken e) {
                if (attempt == PORT_ATTEMPTS)
                    throw new StartRefused("postgres-not-started", e.said);
            }
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresCluster.DATABASE;
    }

    PostgresCluster cluster() {
        return cluster;
    }

    /** Completes with the exit status when the server has ended, for whatever reason. */
    CompletableFuture<Integer> ended() {
        return ended;
    }

    @Override
    public void close() {
        if (!ended.isDone()) cluster.stop();
        ended.join();
    }

    private PostgresServer awaitReady() {
        // The server is told when the thread that started it dies, so one thread starts and
        // outlives it.
        Thread.ofPlatform().name("postgres").daemon().start(this::run);
        try {
            ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            close();
            throw new StartRefused(
                    "postgres-not-started",
                    "PostgreSQL was not ready after " + START_LIMIT.toSeconds() + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    private void run() {
        var last = new ArrayDeque<String>();
        try {
            var command = cluster.serve(port, settings);
            var process = PostgresCluster.process(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                for (var line = output.readLine(); line != null; line = output.readLine())
                    heard(line, last);
            }
            var status = process.waitFor();
            ready.completeExceptionally(failure(last));
            ended.complete(status);
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
            ended.completeExceptionally(e);
        } catch (InterruptedException e) {
            ready.completeExceptionally(new IllegalStateException(e));
            ended.completeExceptionally(e);
        }
    }

    private void heard(String line, Deque<String> last) {
        if (line.contains("FATAL:") || line.contains("PANIC:")) LOG.warn(line);
        else LOG.debug(line);
        if (last.size() == LAST_LINES) last.removeFirst();
        last.addLast(line);
        if (line.contains(READY)) ready.complete(null);
    }

    private RuntimeException failure(Deque<String> last) {
        var said = String.join("\n", last);
        if (said.contains("could not bind")) return new PortTaken(said);
        var message = "PostgreSQL did not start in %s. It said:%n%s";
        return new StartRefused("postgres-not-started", message.formatted(cluster.data(), said));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another program took the port between the look and the start. */
    private static final class PortTaken extends RuntimeException {
        private final String said;

        PortTaken(String said) {
            super(said);
            this.said = said;
        }
    }
}
