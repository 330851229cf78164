package io.quartermaster.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an embedded PostgreSQL, and the programs that make and stop it.
 *
 * @param binaries the folder with {@code bin/postgres}
 * @param home the folder that holds the cluster's data
 * @param passwordFile the superuser's password, in a file that its owner alone reads
 */
record PostgresCluster(Path binaries, Path home, Path passwordFile, PostgresLaunch launch) {
    static final String USER = "quartermaster";
    static final String DATABASE = "quartermaster";
    private static final int STOP_SECONDS = 60;

    Path data() {
        return home.resolve("data");
    }

    /**
     * Makes the cluster unless it is there. Interrupted, it leaves nothing that a later call takes
     * for it.
     */
    void initialize() {
        if (Files.isDirectory(data())) return;
        var fresh = home.resolve("data.new");
        try {
            FileTree.delete(fresh);
            call("", initdb(fresh));
            call("CREATE DATABASE " + DATABASE + ";\n", single(fresh));
            Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that serves the cluster in the foreground, on loopback alone. */
    List<String> serve(int port, List<String> settings) {
        var command = new ArrayList<String>();
        command.addAll(List.of(bin("postgres"), "-D", data().toString()));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "port=" + port));
        command.addAll(List.of("-c", "unix_socket_directories="));
        // Statements stay out of the log: they may carry what is secret, and the caller gets every
        // error.
        command.addAll(
                List.of("-c", "log_min_messages=log", "-c", "log_min_error_statement=panic"));
        command.addAll(List.of("-c", "log_checkpoints=off", "-c", "timezone=UTC", "-c", "jit=off"));
        for (var setting : settings) command.addAll(List.of("-c", setting));
        return launch.server(command);
    }

    /** Stops the server of this cluster, whoever started it, and waits until it has gone. */
    void stop() {
        call(
                "",
                List.of(
                        bin("pg_ctl"),
                        "-D",
                        data().toString(),
                        "-m",
                        "fast",
                        "-w",
                        "-t",
                        "" + STOP_SECONDS,
                        "stop"));
    }

    /**
     * Clears the way after a daemon that was killed: its server may still be shutting down, or may
     * not have noticed. The caller holds the data directory's lock, so no other daemon uses that
     * server.
     */
    void stopFormerServer() {
        var pidFile = data().resolve("postmaster.pid");
        try {
            var former = processIn(pidFile);
            if (former.isEmpty()) return;
            if (serves(former.get())) {
                stop(former.get(), pidFile);
                return;
            }
            // After a reboot the number may be another program's, which PostgreSQL would respect
            // for ever.
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It was told to end when its daemon died, and may have done so at any moment. */
    private void stop(ProcessHandle former, Path pidFile) {
        try {
            stop();
        } catch (StartRefused refused) {
            if (Files.exists(pidFile)) throw refused;
            former.onExit().join();
        }
    }

    private static Optional<ProcessHandle> processIn(Path pidFile) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(pidFile);
        } catch (NoSuchFileException stopped) {
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.getFirst().matches("\\d{1,10}")) return Optional.empty();
        return ProcessHandle.of(Long.parseLong(lines.getFirst())).filter(ProcessHandle::isAlive);
    }

    private boolean serves(ProcessHandle process) {
        var arguments = process.info().arguments().map(List::of).orElse(List.of());
        return arguments.contains(data().toString());
    }

    private List<String> initdb(Path fresh) {
        return List.of(
                bin("initdb"),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
    }

    private List<String> single(Path fresh) {
        return List.of(bin("postgres"), "--single", "-D", fresh.toString(), "postgres");
    }

    private String bin(String program) {
        return binaries.resolve("bin").resolve(program).toString();
    }

    private void call(String input, List<String> program) {
        try {
            var process = process(launch.program(program)).redirectErrorStream(true).start();
            try (var stdin = process.outputWriter(StandardCharsets.US_ASCII)) {
                stdin.write(input);
            }
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) return;
            var message =
                    "%s failed: %s. PostgreSQL runs as any user, and as root where user namespaces are"
                            + " allowed; a PostgreSQL of your own goes into QUARKUS_DATASOURCE_JDBC_URL.";
            throw new StartRefused(
                    "postgres-failed", message.formatted(program.getFirst(), output.strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while waiting for " + program.getFirst(), e);
        }
    }

    /** With an environment of its own: this process's may hold tokens and passwords. */
    static ProcessBuilder process(List<String> command) {
        var builder = new ProcessBuilder(command);
        var path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
        return builder;
    }
}
