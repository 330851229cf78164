package io.quartermaster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the Dockerfile copies is there after a build; there is no container engine to ask. */
class ImageIT {
    private static final Path DOCKERFILE = Path.of("Dockerfile");
    private static final String SOURCES = "/src/";

    @Test
    void everything_that_is_copied_exists() throws IOException {
        var copied = copied();
        assertEquals(9, copied.size());
        var missing = copied.stream().filter(path -> !Files.exists(path)).toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void nothing_that_is_copied_is_kept_from_the_builder() throws IOException {
        var ignored = Files.readAllLines(Path.of(".dockerignore"));
        var kept =
                fromContext().stream()
                        .filter(path -> ignored.stream().anyMatch(line -> path.startsWith(line)))
                        .toList();
        assertEquals(List.of(), kept);
        assertFalse(ignored.isEmpty());
    }

    @Test
    void it_runs_as_a_number_that_its_pods_run_as_too() throws IOException {
        assertTrue(Files.readString(DOCKERFILE).contains("\nUSER 10001:10001\n"));
        for (var workload : PodSecurityTest.workloads().toList()) {
            assertEquals(
                    10001,
                    PodSecurityTest.pod(workload).at("/securityContext/runAsUser").intValue());
        }
    }

    /** From the repository, or from what the first stage builds of it. */
    private static List<Path> copied() throws IOException {
        var paths = new ArrayList<>(fromContext());
        for (var line : copies()) {
            if (!line.startsWith("--from=build ")) continue;
            paths.add(Path.of(line.split(" ")[1].substring(SOURCES.length())));
        }
        return paths;
    }

    private static List<Path> fromContext() throws IOException {
        var paths = new ArrayList<Path>();
        for (var line : copies()) {
            if (line.startsWith("--from=")) continue;
            var words = List.of(line.split(" "));
            words.subList(0, words.size() - 1).forEach(word -> paths.add(Path.of(word)));
        }
        return paths;
    }

    private static List<String> copies() throws IOException {
        return Files.readAllLines(DOCKERFILE).stream()
                .filter(line -> line.startsWith("COPY "))
                .map(line -> line.substring("COPY ".length()))
                .toList();
    }
}
