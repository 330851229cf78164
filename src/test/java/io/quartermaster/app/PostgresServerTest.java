package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    private static final PostgresLaunch LAUNCH = PostgresLaunch.onThisSystem();
    private static final Path SHARED = Path.of("target", "test-postgres").toAbsolutePath();

    @TempDir Path folder;
    private PostgresCluster cluster;

    @BeforeEach
    void describe() {
        cluster = cluster(folder, LAUNCH);
    }

    @Test
    void rows_survive_a_restart_and_so_does_the_password() throws Exception {
        try (var server = PostgresServer.start(cluster, List.of())) {
            execute(server, "CREATE TABLE kept (id int)");
        }
        try (var server = PostgresServer.start(cluster, List.of())) {
            execute(server, "INSERT INTO kept VALUES (1)");
        }
    }

    @Test
    void what_was_committed_survives_when_the_owning_process_is_killed() throws Exception {
        var child = startInAnotherProcess();
        assertEquals("committed", child.inputReader().readLine());
        child.destroyForcibly().waitFor();
        try (var server = PostgresServer.start(cluster, List.of())) {
            execute(server, "INSERT INTO kept VALUES (2)");
        }
    }

    @Test
    void a_server_that_nobody_stopped_is_stopped_by_the_next_start() throws Exception {
        var careless = new PostgresLaunch(LAUNCH.asRoot(), false, LAUNCH.ownSession());
        var orphan = PostgresServer.start(cluster(folder, careless), List.of());
        execute(orphan, "CREATE TABLE kept (id int)");
        try (var server = PostgresServer.start(cluster, List.of())) {
            execute(server, "INSERT INTO kept VALUES (1)");
            assertEquals(0, orphan.ended().join());
        }
    }

    @Test
    void a_process_that_has_a_dead_servers_number_does_not_stand_in_the_way() throws Exception {
        PostgresServer.start(cluster, List.of()).close();
        var bystander = new ProcessBuilder("cat").start();
        Files.writeString(cluster.data().resolve("postmaster.pid"), bystander.pid() + "\n");
        try (var server = PostgresServer.start(cluster, List.of())) {
            execute(server, "SELECT 1");
            assertTrue(bystander.isAlive());
        } finally {
            bystander.destroy();
        }
    }

    @Test
    void a_cluster_that_was_left_half_made_is_made_anew() throws Exception {
        var half = Files.createDirectories(cluster.home().resolve("data.new"));
        Files.writeString(half.resolve("PG_VERSION"), "18\n");
        try (var server = PostgresServer.start(cluster, List.of())) {
            execute(server, "SELECT 1");
            assertFalse(Files.exists(half));
        }
    }

    @Test
    void nobody_gets_in_without_the_password() throws Exception {
        try (var server = PostgresServer.start(cluster, List.of())) {
            var url = server.jdbcUrl();
            assertThrows(SQLException.class, () -> connect(url, "wrong").close());
        }
    }

    @Test
    void what_is_committed_is_on_disk() throws Exception {
        try (var server = PostgresServer.start(cluster, List.of())) {
            for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertEquals("on", show(server, setting));
            }
        }
    }

    @Test
    void a_refused_start_repeats_what_postgres_said() {
        var refused =
                assertThrows(
                        StartRefused.class,
                        () ->
                                PostgresServer.start(cluster, List.of("shared_buffers=lots"))
                                        .close());
        assertEquals("postgres-not-started", refused.code());
        assertTrue(refused.getMessage().contains("shared_buffers"), refused.getMessage());
    }

    private Process startInAnotherProcess() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        var main = PostgresServerTest.class.getName();
        return new ProcessBuilder(java, "-cp", classPath, main, folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The process that is killed: it starts the server, commits a row, says so, and stays. */
    public static void main(String... args) throws Exception {
        var server = PostgresServer.start(cluster(Path.of(args[0]), LAUNCH), List.of());
        execute(server, "CREATE TABLE kept (id int)");
        System.out.println("committed");
        server.ended().join();
    }

    private static PostgresCluster cluster(Path folder, PostgresLaunch launch) {
        var data = DataDirectory.open(folder, new SecureRandom());
        data.secret("password");
        var binaries =
                PostgresBinaries.unpackedBelow(
                        DataDirectory.open(SHARED, new SecureRandom()).root());
        return new PostgresCluster(
                binaries, data.makeDirectory("postgres"), data.resolve("password"), launch);
    }

    private static void execute(PostgresServer server, String sql) throws Exception {
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String show(PostgresServer server, String setting) throws Exception {
        try (var connection = connect(server);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(PostgresServer server) throws Exception {
        return connect(server.jdbcUrl(), Files.readString(server.cluster().passwordFile()).strip());
    }

    private static Connection connect(String url, String password) throws SQLException {
        return DriverManager.getConnection(url, PostgresCluster.USER, password);
    }
}
