package io.quartermaster.ssh;

import io.quartermaster.ssh.Transcript.Part;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.time.Duration;

/**
 * What the runner wrote down about a step.
 *
 * @param word changed, unchanged, failed or pending
 * @param phase where it ended: check, apply or verify; or why: timeout, killed, lost, full
 * @param status exit status of that phase
 */
record Outcome(String word, String phase, int status, Duration took) {

    /** From {@code result STEP WORD PHASE STATUS CENTISECONDS}. */
    static Outcome parse(Part.Words words) {
        return new Outcome(
                words.word(2),
                words.word(3),
                number(words.word(4)),
                Duration.ofMillis(10L * number(words.word(5))));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    boolean killed() {
        return phase.equals("killed");
    }

    StepResult result(Work.Task task, Target target, String output, Duration pending) {
        return switch (word) {
            case "changed" -> new StepResult.Changed();
            case "unchanged" -> new StepResult.Unchanged();
            case "pending" -> new StepResult.Pending(pending, Troubles.lastLine(output));
            default -> new StepResult.Failed(failure(task, target, output));
        };
    }

    private Failure failure(Work.Task task, Target target, String output) {
        String last = Troubles.lastLine(output);
        String said = last.isEmpty() ? "it printed nothing" : "its last line is: " + last;
        String host = target.host();
        if (phase.equals("full") || output.contains("No space left on device")) {
            return new Failure(
                    "disk-full",
                    "the disk of " + host + " is full; " + said,
                    "Free space on the host",
                    Retry.WORTHWHILE);
        }
        String reason =
                switch (phase) {
                    case "timeout" ->
                            "it was not done within %d s and was killed"
                                    .formatted(task.step().timeout().toSeconds());
                    case "killed" -> "it was killed on request";
                    case "lost" -> "the host lost it three times without a result";
                    case "verify" -> "it was applied, yet is not as it shall be";
                    default -> phase + " ended with exit status " + status;
                };
        return new Failure(code(), reason + "; " + said, remedy(), Retry.WORTHWHILE);
    }

    private String code() {
        return switch (phase) {
            case "timeout" -> "step-timeout";
            case "killed" -> "step-killed";
            case "lost" -> "step-lost";
            case "verify" -> "verify-failed";
            default -> "step-failed";
        };
    }

    private String remedy() {
        return switch (phase) {
            case "timeout" -> "Give the step more time, or see what it waits for";
            case "killed" -> "Look at what it left behind before running it again";
            case "lost" -> "See whether the step ends its own session, or the host's memory";
            case "verify" -> "Correct check or apply: after apply the check must succeed";
            default -> "See the step's log";
        };
    }
}
