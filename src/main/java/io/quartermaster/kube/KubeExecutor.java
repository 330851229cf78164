package io.quartermaster.kube;

import io.quartermaster.kube.Api.Killed;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Journal;
import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Executes steps of kind kubernetes, one after the other, each through the cluster that it names.
 * Every action is found done or half done when one comes back to it, so there is no record of it in
 * the cluster but what it made.
 */
public final class KubeExecutor {
    private static final Duration RETRY_IN = Duration.ofSeconds(5);

    private final Clusters clusters;
    private final Applying.Tools tools;
    private final InstantSource clock;

    /**
     * @param path where kubectl or kustomize is looked for, as in the environment's PATH
     */
    public KubeExecutor(Clusters clusters, Sources sources, String path, InstantSource clock) {
        this.clusters = clusters;
        this.tools = new Applying.Tools(sources, new Kustomize(path));
        this.clock = clock;
    }

    /**
     * Executes the steps in order until all are finished or one of them is not to be passed.
     *
     * @param work with steps of kind kubernetes only; its target is not spoken to
     * @throws InterruptedException when the daemon stops; Jobs go on
     */
    public End execute(Work work, Journal journal) throws InterruptedException {
        for (Work.Task task : work.steps()) {
            Optional<End> end = execute(work, task, journal);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new End.Completed();
    }

    private Optional<End> execute(Work work, Work.Task task, Journal journal)
            throws InterruptedException {
        Instant begin = clock.instant();
        StepResult result;
        try {
            Optional<StepResult> done = attempt(work, task, journal);
            if (done.isEmpty()) {
                return Optional.of(new End.Cancelled(task.index()));
            }
            result = done.get();
        } catch (ClusterException e) {
            if (e.isAway()) {
                return Optional.of(new End.Unreachable(e.failure(), RETRY_IN));
            }
            result = new StepResult.Failed(e.failure());
        } catch (Killed e) {
            finish(task, new StepResult.Failed(killed()), begin, journal);
            return Optional.of(new End.Cancelled(task.index()));
        }
        finish(task, result, begin, journal);
        return switch (result) {
            case StepResult.Changed _, StepResult.Unchanged _, StepResult.Skipped _ ->
                    Optional.empty();
            case StepResult.Failed _, StepResult.Pending _ ->
                    Optional.of(new End.Stopped(task.index(), result));
        };
    }

    private void finish(Work.Task task, StepResult result, Instant begin, Journal journal) {
        Duration took = Duration.between(begin, clock.instant());
        journal.finished(
                task.index(), task.attempt(), result, took.isNegative() ? Duration.ZERO : took);
    }

    private static Failure killed() {
        return Failures.again(
                "step-killed",
                "it was killed on request",
                "look at what it left behind before running it again");
    }

    /** Empty when it is not to be begun any more. */
    private Optional<StepResult> attempt(Work work, Work.Task task, Journal journal)
            throws ClusterException, InterruptedException, Killed {
        if (!(task.step().step() instanceof Step.Kubernetes step)) {
            throw new IllegalStateException(
                    "step '" + task.step().name() + "' is for a host, not for a cluster");
        }
        Doing doing = new Doing(work, task, journal, clock);
        try (Clusters.Access access = clusters.open(step.kubeconfigSecret())) {
            Api api = new Api(access.client(), doing, Clusters.TIMEOUT);
            if (journal.wish() != Wish.GO_ON && !isBegun(step.action(), api, doing)) {
                return Optional.empty();
            }
            journal.sending(task.index(), task.index());
            journal.started(task.index(), task.attempt());
            return Optional.of(
                    switch (task.mode()) {
                        case APPLY -> perform(step.action(), api, doing);
                        case UNDO -> takeBack(step.action(), api, doing);
                    });
        }
    }

    /** Only a Job goes on when nobody follows it. */
    private static boolean isBegun(KubernetesAction action, Api api, Doing doing)
            throws ClusterException, InterruptedException {
        return action instanceof KubernetesAction.Job job && new JobRun(api, doing, job).isBegun();
    }

    private StepResult takeBack(KubernetesAction action, Api api, Doing doing)
            throws ClusterException, InterruptedException, Killed {
        return action instanceof KubernetesAction.Apply apply
                ? new Applying(api, doing, apply, tools).takeBack()
                : new StepResult.Unchanged();
    }

    private StepResult perform(KubernetesAction action, Api api, Doing doing)
            throws ClusterException, InterruptedException, Killed {
        return switch (action) {
            case KubernetesAction.Apply apply -> new Applying(api, doing, apply, tools).apply();
            case KubernetesAction.WaitFor wait -> new Waiting(api, doing).until(wait);
            case KubernetesAction.Rollout rollout -> new Waiting(api, doing).rollout(rollout);
            case KubernetesAction.Gone gone -> new Waiting(api, doing).gone(gone);
            case KubernetesAction.Delete delete -> new Deleting(api, doing).delete(delete);
            case KubernetesAction.Label(var object, var set, var remove) ->
                    new Marking(api, doing).mark(object, "labels", set, remove);
            case KubernetesAction.Annotate(var object, var set, var remove) ->
                    new Marking(api, doing).mark(object, "annotations", set, remove);
            case KubernetesAction.Cordon(String node) ->
                    new Marking(api, doing).schedulable(node, false);
            case KubernetesAction.Uncordon(String node) ->
                    new Marking(api, doing).schedulable(node, true);
            case KubernetesAction.Drain drain -> new Draining(api, doing, drain).drain();
            case KubernetesAction.Job job -> new JobRun(api, doing, job).run();
        };
    }
}
