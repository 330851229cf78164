package io.quartermaster.manifest;

import io.quartermaster.manifest.StepKind.Surroundings;
import io.quartermaster.manifest.text.Node;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A step at its place in a plan, both ways: name, limits, and one field named after its kind. */
final class StepForm {
    static final Shape NAME = Shape.line(Limits.STEP_NAME);

    private static final Shape EXPRESSION =
            Shape.pattern(
                    "(?=.*\\S)[^{}\\p{Cc}\\p{Zl}\\p{Zp}]+",
                    Limits.EXPRESSION,
                    "an expression on one line, without braces, at most 1000 characters");

    /** For its limits, which are those of steps that say nothing. */
    private static final PlanStep STANDARD = PlanStep.of("standard", new Step.Reboot(List.of()));

    private static final String[] FIELDS =
            Stream.concat(
                            Stream.of(
                                    "name",
                                    "when",
                                    "timeoutSeconds",
                                    "retries",
                                    "backoffSeconds",
                                    "undo"),
                            StepKind.NAMES.stream())
                    .toArray(String[]::new);

    private StepForm() {}

    /**
     * Empty when there is no telling what kind it is.
     *
     * @param earlier names of the steps before
     */
    static Optional<PlanStep> read(Value item, Set<String> earlier) {
        return item.fields(FIELDS)
                .flatMap(fields -> kind(fields).flatMap(kind -> read(fields, kind, earlier)));
    }

    private static Optional<StepKind> kind(Fields fields) {
        List<StepKind> kinds =
                Arrays.stream(StepKind.values()).filter(kind -> fields.has(kind.text())).toList();
        if (kinds.size() == 1) {
            return Optional.of(kinds.getFirst());
        }
        String found =
                kinds.isEmpty()
                        ? "no kind of step"
                        : String.join(" and ", kinds.stream().map(StepKind::text).toList());
        fields.self()
                .report(
                        Code.NOT_EXACTLY_ONE,
                        "found "
                                + found
                                + "; expected exactly one of "
                                + String.join(", ", StepKind.NAMES));
        return Optional.empty();
    }

    private static Optional<PlanStep> read(Fields fields, StepKind kind, Set<String> earlier) {
        int timeout =
                fields.integer(
                        "timeoutSeconds", 1, Limits.TIMEOUT, (int) STANDARD.timeout().toSeconds());
        int backoff =
                fields.integer(
                        "backoffSeconds", 0, Limits.BACKOFF, (int) STANDARD.backoff().toSeconds());
        String name = fields.text("name", NAME);
        return kind.read(fields.self().part(kind.text()), new Surroundings(earlier, timeout))
                .map(
                        step ->
                                new PlanStep(
                                        name,
                                        step,
                                        fields.textOrNull("when", EXPRESSION),
                                        Duration.ofSeconds(timeout),
                                        fields.integer(
                                                "retries", 0, Limits.RETRIES, STANDARD.retries()),
                                        Duration.ofSeconds(backoff),
                                        undo(fields)));
    }

    /** A command may say beside its check and apply how it is taken back, other steps cannot. */
    private static @Nullable String undo(Fields fields) {
        Optional<Value> inCommand =
                fields.find("command")
                        .filter(
                                value ->
                                        value.node() instanceof Node.Mapping command
                                                && command.entries().containsKey("undo"))
                        .map(value -> value.part("undo"));
        if (fields.has("undo") && fields.has(StepKind.KUBERNETES.text())) {
            fields.self()
                    .part("undo")
                    .report(
                            Code.NOT_EXACTLY_ONE,
                            "an undo runs on the host, so a kubernetes step has none; leave it out,"
                                    + " or say deleteOnRelease: true in an apply");
        }
        if (inCommand.isEmpty()) {
            return fields.textOrNull("undo", StepReader.SHELL);
        }
        if (fields.has("undo")) {
            inCommand
                    .get()
                    .report(
                            Code.NOT_EXACTLY_ONE,
                            "the step has an undo of its own; keep one of the two");
        }
        return inCommand.get().text(StepReader.SHELL);
    }

    static Object write(PlanStep step) {
        boolean inCommand = step.step() instanceof Step.Command;
        Written fields = StepWriter.fields(step.step());
        return new Written()
                .put("name", step.name())
                .put(
                        StepWriter.kind(step.step()).text(),
                        fields.put("undo", inCommand ? step.undo() : null))
                .put("when", step.when())
                .put("timeoutSeconds", step.timeout().toSeconds())
                .put("retries", step.retries())
                .put("backoffSeconds", step.backoff().toSeconds())
                .put("undo", inCommand ? null : step.undo())
                .map();
    }
}
