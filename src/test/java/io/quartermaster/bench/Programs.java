package io.quartermaster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls programs of the system. */
final class Programs {
    private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");

    private Programs() {}

    /** What a program did. */
    record Done(String said, Duration took, Duration cpu) {}

    /** The first line that a program says about its version; empty where it is not installed. */
    static Optional<String> version(String program) throws InterruptedException {
        try {
            var said = run(List.of(program, "--version"), Map.of()).said();
            return said.lines().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Runs it to its end.
     *
     * @throws IOException with what it said, when it fails
     */
    static Done run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var times = Files.createTempFile("bench", ".times");
        try {
            return run(command, environment, times);
        } finally {
            Files.delete(times);
        }
    }

    /** The shell reports the time of all its children, as far as they do not leave it. */
    private static Done run(List<String> command, Map<String, String> environment, Path times)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        words.addAll(List.of("sh", "-c", "\"$@\"; s=$?; times > \"$0\"; exit $s"));
        words.add(times.toString());
        words.addAll(command);
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        var took = Duration.ofNanos(System.nanoTime() - start);
        if (status != 0) {
            throw new IOException(command.getFirst() + " ended with " + status + ":\n" + said);
        }
        return new Done(said, took, sum(Files.readAllLines(times).getLast()));
    }

    private static Duration sum(String line) {
        return TIME.matcher(line)
                .results()
                .map(
                        match -> {
                            long minutes = Long.parseLong(match.group(1));
                            long millis = Math.round(Double.parseDouble(match.group(2)) * 1000);
                            return Duration.ofMinutes(minutes).plusMillis(millis);
                        })
                .reduce(Duration.ZERO, Duration::plus);
    }
}
