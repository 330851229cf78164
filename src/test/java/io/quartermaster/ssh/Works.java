package io.quartermaster.ssh;

import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tests of this package give to executors. */
final class Works {
    private Works() {}

    static Work work(Target target, int run, long fence, Step... steps) {
        return work(target, run, fence, Duration.ofMinutes(1), steps);
    }

    static Work work(Target target, int run, long fence, Duration limit, Step... steps) {
        List<Work.Task> tasks = new ArrayList<>();
        for (Step step : steps) {
            int index = tasks.size();
            PlanStep plan =
                    new PlanStep(
                            "step " + index, step, null, limit, 0, Duration.ofSeconds(1), null);
            tasks.add(new Work.Task(index, 1, Work.Mode.APPLY, plan));
        }
        return new Work("m-1", run, fence, target, tasks, Set.of());
    }

    static Step command(@Nullable String check, String apply) {
        return new Step.Command(check, apply);
    }

    static SshExecutor executor(Path... directories) {
        return new SshExecutor(
                SshSettings.DEFAULTS,
                Works::secret,
                new AllowedDirectories(List.of(directories)),
                null);
    }

    static Optional<char[]> secret(String name) {
        return switch (name) {
            case "password" -> Optional.of(TestSshServer.PASSWORD.toCharArray());
            case "wrong" -> Optional.of("guess".toCharArray());
            default -> Optional.empty();
        };
    }

    /** Runs what may throw anything, in a thread of its own. */
    static Thread start(Throwing what) {
        return Thread.startVirtualThread(
                () -> {
                    try {
                        what.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** Anything that may throw. */
    @FunctionalInterface
    interface Throwing {
        void run() throws Exception;
    }
}
