package io.quartermaster.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packed program as a process of its own, as {@code ./quartermaster serve} runs it. */
public final class Daemon implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int KILLED = 128 + 9;
    private final Process process;
    private final Path data;
    private final Path output;
    private final int port;

    private Daemon(Process process, Path data, Path output, int port) {
        this.process = process;
        this.data = data;
        this.output = output;
        this.port = port;
    }

    public static Daemon launch(Path data, Map<String, String> settings) throws IOException {
        var port = freePort();
        var output = Files.createTempFile("daemon", ".log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-jar", JAR.toString(), "serve");
        builder.environment().put("QUARTERMASTER_DATA", data.toString());
        builder.environment().put("QUARTERMASTER_LISTEN", "127.0.0.1:" + port);
        // A person's shell may hold the client's variables, which must not disturb the daemon.
        builder.environment().put("QUARTERMASTER_URL", "http://127.0.0.1:1");
        builder.environment().put("QUARTERMASTER_TOKEN", "for the client");
        builder.environment().putAll(settings);
        var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        return new Daemon(process, data, output, port);
    }

    /** Returns when the daemon answers; fails with what it printed when it ends before. */
    public Daemon awaitReady() throws IOException, InterruptedException {
        var end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            if (answers()) return this;
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) break;
        }
        throw new AssertionError("the daemon did not become ready:\n" + output());
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public long pid() {
        return process.pid();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS))
            throw new AssertionError("the daemon did not end");
        return process.exitValue();
    }

    /** As {@code kill -9} does it. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill} does it. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        kill();
        awaitDatabaseGone();
        Files.delete(output);
    }

    /**
     * A killed daemon's embedded PostgreSQL is told to shut down, which takes it a moment. Until
     * then it writes below the data directory, which nobody can delete meanwhile.
     */
    private void awaitDatabaseGone() throws IOException {
        var pidFile = data.resolve("postgres/data/postmaster.pid");
        boolean endedByItself = process.exitValue() != KILLED;
        if (endedByItself || Files.notExists(pidFile)) return;
        long server;
        try (var lines = Files.lines(pidFile)) {
            server = Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (NoSuchFileException goneMeanwhile) {
            return;
        }
        ProcessHandle.of(server)
                .map(ProcessHandle::onExit)
                .ifPresent(exit -> exit.orTimeout(60, TimeUnit.SECONDS).join());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
