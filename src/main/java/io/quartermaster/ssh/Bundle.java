package io.quartermaster.ssh;

import io.quartermaster.step.ShellWord;
import io.quartermaster.step.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one text that a target gets: who claims it, the runner, and the steps. Its last line starts
 * everything, so a text that was cut on the way does nothing.
 *
 * @param steps consecutive steps, in order
 */
record Bundle(Work work, List<Work.Task> steps, String nonce) {

    /** The name of a step in the target's records. */
    static String id(Work.Task task) {
        return (task.mode() == Work.Mode.UNDO ? "u" : "") + task.index() + "." + task.attempt();
    }

    /** The whole text. */
    String text(StepText texts) throws StepText.InvalidStep {
        StringBuilder functions = new StringBuilder();
        StringBuilder digests = new StringBuilder();
        for (Work.Task task : steps) {
            String function = function(task, texts);
            functions.append(function);
            digests.append(digests.isEmpty() ? "" : " ")
                    .append(id(task))
                    .append(':')
                    .append(digest(function));
        }
        String names = steps.stream().map(Bundle::id).collect(Collectors.joining(" "));
        return claim()
                + assign("steps", names)
                + assign("digests", digests.toString())
                + assign(
                        "changed",
                        work.changedBefore().stream()
                                .sorted()
                                .map(name -> name + "\n")
                                .collect(Collectors.joining("", "\n", "")))
                + program(texts)
                + functions
                + "main \"$@\" # end\n";
    }

    private String claim() {
        return assign("nonce", nonce)
                + assign("fence", Long.toString(work.fence()))
                + assign("machine", work.machine())
                + assign("run", Integer.toString(work.run()));
    }

    private String program(StepText texts) {
        String kinds =
                steps.stream()
                        .flatMap(task -> texts.libraries(task).stream())
                        .distinct()
                        .map(Resources::sh)
                        .collect(Collectors.joining("\n"));
        return List.of("runner", "claim", "follow", "work").stream()
                        .map(Resources::sh)
                        .collect(Collectors.joining("\n"))
                + "\n"
                + kinds
                + "\n";
    }

    private static String function(Work.Task task, StepText texts) throws StepText.InvalidStep {
        int index = task.index();
        // Hundredths of a second, as the runner counts.
        long limit = Math.max(1, task.step().timeout().toMillis() / 10);
        return "limit_of_"
                + index
                + "="
                + limit
                + "\n"
                + "name_of_"
                + index
                + "="
                + ShellWord.quote(task.step().name())
                + "\n"
                + "step_"
                + index
                + "() {\n"
                + texts.assignments(task)
                + "}\n";
    }

    static String assign(String name, String value) {
        return name + "=" + ShellWord.quote(value) + "\n";
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
