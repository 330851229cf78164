package io.quartermaster.manifest;

import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a step of kind {@code kubernetes}, as {@link KubernetesReader} reads it. */
final class KubernetesWriter {
    private KubernetesWriter() {}

    static Written write(Step.Kubernetes step) {
        return action(step.action()).put("kubeconfigSecret", step.kubeconfigSecret());
    }

    private static Written action(KubernetesAction action) {
        return switch (action) {
            case KubernetesAction.Apply apply -> new Written().put("apply", apply(apply));
            case KubernetesAction.WaitFor wait -> new Written().put("waitFor", waitFor(wait));
            case KubernetesAction.Rollout rollout -> new Written().put("rollout", rollout(rollout));
            case KubernetesAction.Gone gone -> new Written().put("gone", object(gone.object()));
            case KubernetesAction.Delete delete ->
                    new Written()
                            .put("delete", object(delete.object()).put("orphan", delete.orphan()));
            case KubernetesAction.Label label ->
                    new Written()
                            .put(
                                    "label",
                                    target(label.object())
                                            .put("labels", marks(label.set(), label.remove())));
            case KubernetesAction.Annotate annotate ->
                    new Written()
                            .put(
                                    "annotate",
                                    target(annotate.object())
                                            .put(
                                                    "annotations",
                                                    marks(annotate.set(), annotate.remove())));
            case KubernetesAction.Cordon cordon ->
                    new Written().put("cordon", new Written().put("node", cordon.node()));
            case KubernetesAction.Uncordon uncordon ->
                    new Written().put("uncordon", new Written().put("node", uncordon.node()));
            case KubernetesAction.Drain drain -> new Written().put("drain", drain(drain));
            case KubernetesAction.Job job ->
                    new Written()
                            .put(
                                    "job",
                                    new Written()
                                            .put("manifest", job.manifest())
                                            .put("namespace", job.namespace()));
        };
    }

    private static Written apply(KubernetesAction.Apply apply) {
        return new Written()
                .put("manifests", apply.manifests())
                .put("source", apply.source())
                .put("kustomize", apply.kustomize())
                .put("namespace", apply.namespace())
                .put("force", apply.force())
                .put("deleteOnRelease", apply.deleteOnRelease());
    }

    private static Written waitFor(KubernetesAction.WaitFor wait) {
        return object(wait.object())
                .put("condition", wait.condition())
                .put("status", wait.condition() == null ? null : wait.status());
    }

    private static Written rollout(KubernetesAction.Rollout rollout) {
        return new Written()
                .put("kind", rollout.workload().text())
                .put("name", rollout.name())
                .put("namespace", rollout.namespace());
    }

    private static Written drain(KubernetesAction.Drain drain) {
        return new Written()
                .put("node", drain.node())
                .put("gracePeriodSeconds", drain.gracePeriodSeconds())
                .put("deleteEmptyDir", drain.deleteEmptyDir())
                .put("force", drain.force())
                .put("podSelector", drain.podSelector());
    }

    private static Written target(Subject object) {
        return object.namesNode() ? new Written().put("node", object.name()) : object(object);
    }

    private static Written object(Subject object) {
        return new Written()
                .put(
                        "object",
                        new Written()
                                .put("apiVersion", object.apiVersion())
                                .put("kind", object.kind())
                                .put("name", object.name())
                                .put("namespace", object.namespace()));
    }

    /** Null stands for what is removed. */
    private static Object marks(Map<String, String> set, List<String> remove) {
        Map<String, @Nullable String> marks = new TreeMap<>(set);
        remove.forEach(key -> marks.put(key, null));
        return marks;
    }
}
