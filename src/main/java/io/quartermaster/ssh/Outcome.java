package io.quartermaster.ssh;

import io.quartermaster.ssh.Transcript.Part;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.util.Map;

/**
 * What the runner wrote down about a step.
 *
 * @param word changed, unchanged, failed or pending
 * @param phase where it ended: check, apply or verify; or why: timeout, killed, lost, full
 * @param status exit status of that phase
 * @param code what the kind's own functions say went wrong, mostly empty
 */
record Outcome(String word, String phase, int status, Duration took, String code) {
    private static final Map<String, String> REMEDIES =
            Map.of(
                    "group-unknown",
                            "Correct the group's name, or make the group in an earlier step",
                    "no-init-system",
                            "Use a command step to start it, or a host that runs systemd or OpenRC",
                    "no-tool", "Install what is missing in an earlier step",
                    "package-unknown",
                            "Correct the name, or add the repository that has the package",
                    "service-unknown", "Correct the name, or give the unit's text");

    /** From {@code result STEP WORD PHASE STATUS CENTISECONDS CODE}. */
    static Outcome parse(Part.Words words) {
        return new Outcome(
                words.word(2),
                words.word(3),
                number(words.word(4)),
                Duration.ofMillis(10L * number(words.word(5))),
                words.word(6));
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
        String remedy = REMEDIES.get(code);
        if (remedy != null) {
            return new Failure(code, last, remedy, Retry.WORTHWHILE);
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
        return new Failure(codeOfPhase(), reason + "; " + said, remedyOfPhase(), Retry.WORTHWHILE);
    }

    private String codeOfPhase() {
        return switch (phase) {
            case "timeout" -> "step-timeout";
            case "killed" -> "step-killed";
            case "lost" -> "step-lost";
            case "verify" -> "verify-failed";
            default -> "step-failed";
        };
    }

    private String remedyOfPhase() {
        return switch (phase) {
            case "timeout" -> "Give the step more time, or see what it waits for";
            case "killed" -> "Look at what it left behind before running it again";
            case "lost" -> "See whether the step ends its own session, or the host's memory";
            case "verify" -> "Correct check or apply: after apply the check must succeed";
            default -> "See the step's log";
        };
    }
}
