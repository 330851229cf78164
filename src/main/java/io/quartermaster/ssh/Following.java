package io.quartermaster.ssh;

import io.quartermaster.ssh.HostException.Trouble;
import io.quartermaster.ssh.Transcript.Part;
import io.quartermaster.step.Journal;
import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Follows a bundle that runs on a target, from its first record to its end, and tells the journal
 * what happens.
 */
final class Following {
    private static final int MAX_OUTPUT = 1024 * 1024;
    private static final int TAIL = 4096;
    private static final Duration PENDING = Duration.ofSeconds(3);

    /** Passes a wish on to the target. */
    @FunctionalInterface
    interface Wishes {
        void pass(Wish wish) throws IOException, HostException;
    }

    private final Target target;
    private final Journal journal;
    private final Troubles troubles;
    private final Map<String, Work.Task> tasks;
    private final Wishes wishes;
    private final StringBuilder tail = new StringBuilder();
    private Work.Task current;
    private int shown;
    private final Set<String> changed = new HashSet<>();
    private Wish wished = Wish.GO_ON;

    Following(Work work, List<Work.Task> steps, Journal journal, Troubles troubles, Wishes wishes) {
        this.target = work.target();
        this.journal = journal;
        this.troubles = troubles;
        this.wishes = wishes;
        this.tasks = steps.stream().collect(Collectors.toMap(Bundle::id, Function.identity()));
        this.current = steps.getFirst();
    }

    /** The target knows of this wish already. */
    void passed(Wish wish) {
        wished = wish;
    }

    /** Until the target says that it is over; empty when every step is passed. */
    Optional<End> follow(Transcript transcript, SignOfLife life) throws IOException, HostException {
        while (true) {
            passWish();
            Part part = transcript.next();
            life.heard();
            switch (part) {
                case Part.Text(String text) -> output(text);
                case Part.Words words -> {
                    Optional<Optional<End>> end = record(words);
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
            }
        }
    }

    /** Names of the steps that changed something. */
    Set<String> changed() {
        return changed;
    }

    private void passWish() throws IOException, HostException {
        Wish wish = journal.wish();
        if (wish.compareTo(wished) > 0) {
            wished = wish;
            wishes.pass(wish);
        }
    }

    private void output(String text) {
        tail.append(text);
        if (tail.length() > 2 * TAIL) {
            tail.delete(0, tail.length() - TAIL);
        }
        if (shown >= MAX_OUTPUT) {
            return;
        }
        shown += text.length();
        journal.output(
                current.index(),
                shown < MAX_OUTPUT ? text : text + "\n[output beyond 1 MiB is not kept]\n");
    }

    /** Empty: it goes on. Otherwise the end, which is itself empty when every step is passed. */
    private Optional<Optional<End>> record(Part.Words words) throws HostException {
        return switch (words.word(0)) {
            case "beat", "cut" -> Optional.empty();
            case "begun" -> {
                begin(words.word(1));
                yield Optional.empty();
            }
            case "result" -> result(words);
            case "end" -> Optional.of(Optional.empty());
            case "stopped" ->
                    Optional.of(Optional.of(new End.Cancelled(task(words.word(1)).index())));
            case "fenced" ->
                    throw new HostException(new Trouble.Fenced(Long.parseLong(words.word(1))));
            case "full" -> throw troubles.full(target);
            case "busy" ->
                    throw troubles.waits(
                            "host-busy",
                            Troubles.where(target) + " still works on a step of an older run",
                            "Wait until it ends, or is over its time");
            case "lost" ->
                    throw troubles.waits(
                            "worker-lost",
                            "the steps on " + Troubles.where(target) + " ended without a result",
                            "None: they are taken up again; see whether the host runs out of memory");
            default ->
                    throw troubles.waits(
                            "not-understood",
                            Troubles.where(target) + " says " + words.words(),
                            "Report this as a defect");
        };
    }

    private void begin(String id) throws HostException {
        current = task(id);
        tail.setLength(0);
        shown = 0;
        journal.started(current.index(), current.attempt());
    }

    private Optional<Optional<End>> result(Part.Words words) throws HostException {
        Work.Task task = task(words.word(1));
        Outcome outcome = Outcome.parse(words);
        StepResult result = outcome.result(task, target, tail.toString(), PENDING);
        journal.finished(task.index(), task.attempt(), result, outcome.took());
        if (result instanceof StepResult.Changed) {
            changed.add(task.step().name());
        }
        return switch (result) {
            case StepResult.Changed _, StepResult.Unchanged _, StepResult.Skipped _ ->
                    Optional.empty();
            case StepResult.Failed _ when outcome.killed() ->
                    Optional.of(Optional.of(new End.Cancelled(task.index())));
            case StepResult.Failed _, StepResult.Pending _ ->
                    Optional.of(Optional.of(new End.Stopped(task.index(), result)));
        };
    }

    private Work.Task task(String id) throws HostException {
        Work.Task task = tasks.get(id);
        if (task == null) {
            throw troubles.waits(
                    "not-understood",
                    Troubles.where(target) + " speaks of a step " + id + " that it was not given",
                    "Report this as a defect");
        }
        return task;
    }
}
