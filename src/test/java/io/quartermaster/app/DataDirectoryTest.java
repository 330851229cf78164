package io.quartermaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path parent;

    @Test
    void a_new_directory_is_its_owners_alone() throws IOException {
        var data = DataDirectory.open(parent.resolve("deep/below"), RANDOM);
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())));
    }

    @Test
    void a_secret_is_made_once_and_then_read() {
        var data = DataDirectory.open(parent, RANDOM);
        var secret = data.secret("admin.token");
        assertEquals(43, secret.length());
        assertEquals(secret, DataDirectory.open(parent, RANDOM).secret("admin.token"));
        assertNotEquals(secret, data.secret("another"));
    }

    @Test
    void daemons_that_start_side_by_side_read_the_same_secret() throws Exception {
        Callable<String> start = () -> DataDirectory.open(parent, RANDOM).secret("admin.token");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var secrets = new HashSet<String>();
            for (var each : threads.invokeAll(Stream.generate(() -> start).limit(16).toList())) {
                secrets.add(each.get());
            }
            assertEquals(1, secrets.size());
        }
    }

    @Test
    void an_emptied_secret_is_refused_instead_of_replaced() throws IOException {
        Files.createFile(parent.resolve("admin.token"));
        var data = DataDirectory.open(parent, RANDOM);
        assertEquals("secret-unreadable", refusalOf(() -> data.secret("admin.token")));
    }

    @Test
    void a_directory_cannot_be_taken_twice() {
        DataDirectory.open(parent, RANDOM).lock();
        assertEquals("data-directory-in-use", refusalOf(DataDirectory.open(parent, RANDOM)::lock));
    }

    @Test
    void a_file_in_the_directorys_place_is_refused() throws IOException {
        var file = Files.createFile(parent.resolve("file"));
        assertEquals("data-directory-unusable", refusalOf(() -> DataDirectory.open(file, RANDOM)));
    }

    private static String refusalOf(Runnable action) {
        return assertThrows(StartRefused.class, action::run).code();
    }
}
