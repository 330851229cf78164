package io.quartermaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * {@code ./quartermaster bench [log|books|provisioning|operator] [--rounds N]}: ratios between this
 * program and what people use, measured side by side on this machine. Never a test: it says what
 * is, and the README has the table.
 */
final class Bench {
    private static final Set<String> PARTS = Set.of("log", "books", "provisioning", "operator");
    private static final int ROUNDS = 5;
    private static final String HEADLINE =
            "%n%s, %s, medians of %d rounds in which ours and the peer take turns"
                    + " (least to greatest):%n%n%s";

    private Bench() {}

    /** Prints the table as Markdown; progress goes to standard error. */
    public static void main(String... arguments) throws Exception {
        var words = List.of(arguments);
        int option = words.indexOf("--rounds");
        int rounds = option < 0 ? ROUNDS : Integer.parseInt(words.get(option + 1));
        var parts = words.stream().filter(PARTS::contains).toList();
        if (words.size() != parts.size() + (option < 0 ? 0 : 2)) {
            System.err.println(
                    "usage: quartermaster bench [log|books|provisioning|operator] [--rounds N]");
            System.exit(2);
        }
        var folder = Files.createTempDirectory("quartermaster-bench");
        try {
            run(
                    parts.isEmpty() ? List.of("log", "books", "provisioning", "operator") : parts,
                    folder,
                    rounds);
        } finally {
            delete(folder);
        }
    }

    private static void run(List<String> parts, Path folder, int rounds) throws Exception {
        System.out.println(Surroundings.describe());
        for (var part : parts) {
            var table = new Table();
            switch (part) {
                case "log" -> new LogBench(table, folder, rounds).run();
                case "books" -> new BooksBench(table, folder, rounds).run();
                case "operator" -> new OperatorBench(table, folder, rounds).run();
                default -> new ProvisioningBench(table, folder, rounds).run();
            }
            System.out.printf(HEADLINE, part, LocalDate.now(), rounds, table);
        }
    }

    static void say(String what) {
        System.err.println("bench: " + what);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
