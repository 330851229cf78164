package io.quartermaster.kube;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has kustomize make documents of a directory.
 *
 * @param path where its program is looked for, as in the environment's PATH
 */
record Kustomize(String path) {
    private static final long MOST_BYTES = 4L << 20;
    private static final int SHOWN = 500;

    /**
     * The documents.
     *
     * @throws ClusterException when there is no program, or it fails; says what it said
     * @throws InterruptedException when the daemon stops; the program is ended
     */
    String build(Path directory, Duration limit) throws ClusterException, InterruptedException {
        List<String> words = command(directory);
        try {
            Path output = Files.createTempFile("quartermaster-kustomize", ".yaml");
            Path errors = Files.createTempFile("quartermaster-kustomize", ".err");
            try {
                return run(words, output, errors, limit);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw failed(words.getFirst() + ": " + e.getMessage());
        }
    }

    private List<String> command(Path directory) throws ClusterException {
        for (String folder : Arrays.asList(path.split(File.pathSeparator))) {
            for (String name : List.of("kubectl", "kustomize")) {
                Path program = Path.of(folder, name);
                if (!folder.isEmpty() && Files.isExecutable(program)) {
                    String verb = name.equals("kubectl") ? "kustomize" : "build";
                    return List.of(program.toString(), verb, directory.toString());
                }
            }
        }
        throw ClusterException.impossible(
                Failures.invalid(
                        "kustomize-missing",
                        "there is neither kubectl nor kustomize on the daemon's PATH",
                        "install one of them where the daemon runs,"
                                + " or give the step what kustomize makes as a source"));
    }

    private static String run(List<String> words, Path output, Path errors, Duration limit)
            throws IOException, ClusterException, InterruptedException {
        Process process =
                new ProcessBuilder(words)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed("it was not ready within the step's time");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(errors, StandardCharsets.UTF_8).strip();
            throw failed(said.length() <= SHOWN ? said : said.substring(0, SHOWN) + "...");
        }
        if (Files.size(output) > MOST_BYTES) {
            throw failed("it makes more than " + MOST_BYTES + " bytes");
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static ClusterException failed(String why) {
        return ClusterException.impossible(
                Failures.invalid(
                        "kustomize-failed", "kustomize failed: " + why, "correct the directory"));
    }
}
