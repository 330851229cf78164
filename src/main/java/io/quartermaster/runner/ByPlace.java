package io.quartermaster.runner;

import io.quartermaster.step.Journal;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives each step to who can execute it: those of kind kubernetes to clusters, all others to hosts.
 * Consecutive steps of one place go there together, and the next place begins when they are done; a
 * host is not spoken to for steps that are not for it.
 */
public final class ByPlace implements StepExecutor {

    private final StepExecutor hosts;
    private final InClusters clusters;

    /** Executes steps of kind kubernetes, with the contract of {@link StepExecutor#execute}. */
    @FunctionalInterface
    public interface InClusters {

        /** The same for these. */
        End execute(Work work, Journal journal) throws InterruptedException;
    }

    /** Divides work between the two. */
    public ByPlace(StepExecutor hosts, InClusters clusters) {
        this.hosts = hosts;
        this.clusters = clusters;
    }

    @Override
    public End execute(Work work, Journal journal) throws InterruptedException {
        Noting noting = new Noting(work, journal);
        End end = new End.Completed();
        for (List<Work.Task> segment : segments(work.steps())) {
            Work part =
                    new Work(
                            work.machine(),
                            work.run(),
                            work.fence(),
                            work.target(),
                            segment,
                            Set.copyOf(noting.changed));
            end =
                    isForCluster(segment.getFirst())
                            ? clusters.execute(part, noting)
                            : hosts.execute(part, noting);
            if (!(end instanceof End.Completed)) {
                return end;
            }
        }
        return end;
    }

    @Override
    public Inspection inspect(Target target, Journal journal) throws InterruptedException {
        return hosts.inspect(target, journal);
    }

    private static List<List<Work.Task>> segments(List<Work.Task> tasks) {
        List<List<Work.Task>> segments = new ArrayList<>();
        for (Work.Task task : tasks) {
            boolean goesOn =
                    !segments.isEmpty()
                            && isForCluster(segments.getLast().getFirst()) == isForCluster(task);
            if (!goesOn) {
                segments.add(new ArrayList<>());
            }
            segments.getLast().add(task);
        }
        return segments;
    }

    private static boolean isForCluster(Work.Task task) {
        return task.step().step() instanceof Step.Kubernetes;
    }

    /** Notes which steps changed something, for those that come after them elsewhere. */
    private static final class Noting implements Journal {

        private final Journal journal;
        private final Map<Integer, String> names;
        private final Set<String> changed;

        Noting(Work work, Journal journal) {
            this.journal = journal;
            this.names =
                    work.steps().stream()
                            .collect(
                                    Collectors.toMap(Work.Task::index, task -> task.step().name()));
            this.changed = new HashSet<>(work.changedBefore());
        }

        @Override
        public void finished(int index, int attempt, StepResult result, Duration took) {
            if (result instanceof StepResult.Changed) {
                changed.add(names.getOrDefault(index, ""));
            }
            journal.finished(index, attempt, result, took);
        }

        @Override
        public void sending(int first, int last) {
            journal.sending(first, last);
        }

        @Override
        public void started(int index, int attempt) {
            journal.started(index, attempt);
        }

        @Override
        public void output(int index, String text) {
            journal.output(index, text);
        }

        @Override
        public void firstContact(String host, String key) {
            journal.firstContact(host, key);
        }

        @Override
        public Wish wish() {
            return journal.wish();
        }
    }
}
