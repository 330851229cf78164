package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonIT {
    @TempDir Path data;

    @Test
    void a_killed_daemon_starts_again_at_once_with_what_it_had() throws Exception {
        String token;
        try (var daemon = Daemon.launch(data, Map.of()).awaitReady()) {
            token = Files.readString(data.resolve("admin.token"));
            daemon.kill();
        }
        try (var again = Daemon.launch(data, Map.of()).awaitReady()) {
            assertEquals(token, Files.readString(data.resolve("admin.token")));
            assertTrue(again.get("/q/health").body().contains("UP"));
            assertTrue(again.output().contains("No migration necessary"), again.output());
        }
    }

    @Test
    void a_second_daemon_on_the_same_data_is_refused_and_names_the_first() throws Exception {
        try (var first = Daemon.launch(data, Map.of()).awaitReady();
                var second = Daemon.launch(data, Map.of())) {
            assertEquals(1, second.awaitExit());
            assertTrue(second.output().contains("data-directory-in-use"), second.output());
            assertTrue(second.output().contains("process " + first.pid()), second.output());
            assertEquals(200, first.get("/q/health/ready").statusCode());
        }
    }

    @Test
    void a_stopped_daemon_leaves_no_database_server_behind() throws Exception {
        try (var daemon = Daemon.launch(data, Map.of()).awaitReady()) {
            var pidFile = data.resolve("postgres/data/postmaster.pid");
            assertTrue(Files.exists(pidFile));
            assertEquals(143, daemon.terminate());
            assertFalse(Files.exists(pidFile));
            assertFalse(daemon.output().contains("FATAL"), daemon.output());
        }
    }

    @Test
    void an_external_database_is_used_where_one_is_named_and_may_be_shared() throws Exception {
        var external = TestPostgres.emptyDatabaseUrl();
        var settings = Map.of("QUARKUS_DATASOURCE_JDBC_URL", external);
        try (var one = Daemon.launch(data, settings).awaitReady();
                var other = Daemon.launch(data, settings).awaitReady()) {
            assertNotEquals(one.pid(), other.pid());
            assertFalse(Files.exists(data.resolve("postgres")));
        }
    }

    @Test
    void secrets_are_readable_by_their_owner_only_and_never_printed() throws Exception {
        try (var daemon = Daemon.launch(data, Map.of()).awaitReady()) {
            for (var name : new String[] {"admin.token", "postgres.password"}) {
                var file = data.resolve(name);
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                assertFalse(daemon.output().contains(Files.readString(file).strip()));
            }
        }
    }

    @Test
    void a_bad_setting_is_refused_with_what_would_be_right() throws Exception {
        try (var daemon = Daemon.launch(data, Map.of("QUARTERMASTER_LISTEN", "everywhere"))) {
            assertEquals(1, daemon.awaitExit());
            assertTrue(daemon.output().contains("expected host:port"), daemon.output());
        }
    }
}
