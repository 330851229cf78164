package io.quartermaster.ssh;

import static io.quartermaster.ssh.Bundle.assign;

import io.quartermaster.step.Step;
import io.quartermaster.step.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps as assignments of shell variables, for the functions of the kind's library to work on. */
final class StepText {

    /** A step that no target could execute. */
    static final class InvalidStep extends Exception {
        InvalidStep(String message) {
            super(message);
        }
    }

    /** Names of the sh texts that the step needs. */
    List<String> libraries(Work.Task task) {
        return List.of("command");
    }

    /** The step's function body: one assignment a line. */
    String assignments(Work.Task task) throws InvalidStep {
        try {
            if (task.mode() == Work.Mode.UNDO) {
                String undo = task.step().undo();
                return kind("command")
                        + assign("check", undo == null ? "true" : "")
                        + optional("apply", undo);
            }
            return assignments(task.step().step());
        } catch (IllegalArgumentException e) {
            throw new InvalidStep(e.getMessage());
        }
    }

    private String assignments(Step step) throws InvalidStep {
        return switch (step) {
            case Step.Command command ->
                    kind("command")
                            + optional("check", command.check())
                            + assign("apply", command.apply());
            case Step.Script _, Step.File _, Step.Directory _, Step.User _, Step.Packages _ ->
                    throw new InvalidStep("this kind of step is not executed over SSH");
            case Step.Service _, Step.Upload _, Step.Reboot _, Step.Wait _ ->
                    throw new InvalidStep("this kind of step is not executed over SSH");
        };
    }

    private static String kind(String kind) {
        return "kind=" + kind + "\n";
    }

    private static String optional(String name, @Nullable String value) {
        return assign(name, value == null ? "" : value);
    }
}
