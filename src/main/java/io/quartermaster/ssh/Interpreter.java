package io.quartermaster.ssh;

import io.quartermaster.step.ShellWord;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Who runs a script, by its first line, read as the kernel reads it: a path and at most one
 * argument.
 */
final class Interpreter {
    private Interpreter() {}

    /** The first words of the command line, quoted; {@code sh} for a script without such a line. */
    static String of(String script) {
        String first = script.lines().findFirst().orElse("");
        if (!first.startsWith("#!") || first.substring(2).isBlank()) {
            return "sh";
        }
        return Arrays.stream(first.substring(2).strip().split("[ \t]+", 2))
                .map(ShellWord::quote)
                .collect(Collectors.joining(" "));
    }
}
