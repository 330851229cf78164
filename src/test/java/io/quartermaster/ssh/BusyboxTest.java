package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The same on a host whose sh, and every other program, is busybox. */
class BusyboxTest extends KindsTest {
    @TempDir Path programs;

    @Override
    TestSshServer startServer() {
        Optional<Path> busybox =
                Stream.of(System.getenv("PATH").split(":"))
                        .map(directory -> Path.of(directory, "busybox"))
                        .filter(Files::isExecutable)
                        .findFirst();
        assumeTrue(
                busybox.isPresent(), "busybox is not installed (Debian: apt-get install busybox)");
        try {
            install(busybox.get());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return TestSshServer.start(home, programs.toString());
    }

    private void install(Path busybox) throws IOException, InterruptedException {
        Process list = new ProcessBuilder(busybox.toString(), "--list").start();
        String names = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, list.waitFor());
        for (String name : names.lines().toList()) {
            Files.createSymbolicLink(programs.resolve(name), busybox);
        }
    }
}
