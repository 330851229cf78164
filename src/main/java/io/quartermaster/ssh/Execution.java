package io.quartermaster.ssh;

import io.quartermaster.step.Journal;
import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One call's work over one connection: segment by segment, until all steps are passed or one is
 * not.
 */
final class Execution {
    private final Connection connection;
    private final RemoteShell shell;
    private final StepText texts;
    private final Troubles troubles;
    private final Supplier<String> nonces;
    private final Work work;
    private final Journal journal;
    private final Set<String> changed;

    Execution(Connection connection, Tools tools, Work work, Journal journal) {
        this.connection = connection;
        this.shell = tools.shell();
        this.texts = tools.texts();
        this.troubles = tools.troubles();
        this.nonces = tools.nonces();
        this.work = work;
        this.journal = journal;
        this.changed = new HashSet<>(work.changedBefore());
    }

    /** What all executions share. */
    record Tools(RemoteShell shell, StepText texts, Troubles troubles, Supplier<String> nonces) {}

    End execute() throws HostException, InterruptedException {
        Deque<Work.Task> left = new ArrayDeque<>(work.steps());
        while (!left.isEmpty()) {
            Segment segment = Segment.next(left, texts);
            Optional<End> end = segment.steps().isEmpty() ? Optional.empty() : send(segment);
            if (end.isPresent()) {
                return end.get();
            }
            if (segment.refused() != null) {
                return refuse(segment.refused());
            }
        }
        return new End.Completed();
    }

    private End refuse(Segment.Refused refused) {
        StepResult result = new StepResult.Failed(refused.failure());
        journal.finished(refused.task().index(), refused.task().attempt(), result, Duration.ZERO);
        return new End.Stopped(refused.task().index(), result);
    }

    private Optional<End> send(Segment segment) throws HostException, InterruptedException {
        try {
            // With a wish nothing is begun any more, but what an earlier claim began is ended.
            for (Segment.Prepared step : segment.steps()) {
                if (journal.wish() != Wish.GO_ON || !stage(step.task())) {
                    break;
                }
            }
            Wish wish = journal.wish();
            Bundle bundle = new Bundle(work, segment.steps(), changed, nonces.get(), wish);
            journal.sending(segment.tasks().getFirst().index(), segment.tasks().getLast().index());
            return run(bundle, segment);
        } catch (IOException e) {
            throw troubles.interruptedOrCut(work.target(), e);
        }
    }

    private Optional<End> run(Bundle bundle, Segment segment) throws HostException, IOException {
        try (RemoteShell.Running running =
                shell.run(connection, nonces.get(), bundle.nonce(), bundle.text())) {
            Following following =
                    new Following(work, segment.tasks(), journal, troubles, this::pass);
            following.passed(bundle.wish());
            SignOfLife life = connection.life();
            try {
                life.heard();
                Optional<End> end = following.follow(running.transcript(), life);
                changed.addAll(following.changed());
                return end;
            } catch (EOFException e) {
                if (running.ranOutOfRoom()) {
                    throw troubles.full(work.target());
                }
                throw e;
            } finally {
                life.expectNothing();
            }
        }
    }

    private boolean stage(Work.Task task) throws HostException, IOException {
        if (!(task.step().step() instanceof Step.Upload upload) || task.mode() == Work.Mode.UNDO) {
            return true;
        }
        if (Files.size(texts.files().resolve(upload.source())) <= StepText.MAX_INLINE) {
            return true;
        }
        return new Staging(shell, texts.files(), troubles)
                .send(connection, upload, nonces.get(), journal);
    }

    /** A file beside the run's records tells the worker. */
    private void pass(Wish wish) throws HostException, IOException {
        String nonce = nonces.get();
        String text =
                Bundle.assign("nonce", nonce)
                        + Bundle.assign("machine", work.machine())
                        + Bundle.assign("run", Integer.toString(work.run()))
                        + Bundle.assign("wish", Bundle.word(wish))
                        + Resources.sh("wish");
        try (RemoteShell.Running running = shell.run(connection, nonces.get(), nonce, text)) {
            running.transcript().next();
        }
    }
}
