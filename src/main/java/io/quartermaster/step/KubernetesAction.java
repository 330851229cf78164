package io.quartermaster.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a step does to a Kubernetes cluster, as data. Where a namespace is absent, what is
 * namespaced is in {@code default}.
 */
public sealed interface KubernetesAction {

    /** The actions by the names they have in the log; names only ever join this table. */
    Map<String, Class<? extends KubernetesAction>> KINDS =
            Map.ofEntries(
                    Map.entry("apply", Apply.class),
                    Map.entry("wait-for", WaitFor.class),
                    Map.entry("rollout", Rollout.class),
                    Map.entry("gone", Gone.class),
                    Map.entry("delete", Delete.class),
                    Map.entry("label", Label.class),
                    Map.entry("annotate", Annotate.class),
                    Map.entry("cordon", Cordon.class),
                    Map.entry("uncordon", Uncordon.class),
                    Map.entry("drain", Drain.class),
                    Map.entry("job", Job.class));

    /** The same action with every text passed through {@code template}. */
    KubernetesAction rendered(UnaryOperator<String> template);

    private static @Nullable String each(@Nullable String text, UnaryOperator<String> template) {
        return text == null ? null : template.apply(text);
    }

    private static Map<String, String> each(
            Map<String, String> texts, UnaryOperator<String> template) {
        Map<String, String> rendered = new LinkedHashMap<>();
        texts.forEach((key, text) -> rendered.put(key, template.apply(text)));
        return rendered;
    }

    /**
     * One object of a cluster.
     *
     * @param apiVersion {@code v1}, {@code apps/v1}
     * @param kind {@code Deployment}
     */
    record Subject(String apiVersion, String kind, String name, @Nullable String namespace) {

        /** A node of the cluster. */
        public static Subject node(String name) {
            return new Subject("v1", "Node", name, null);
        }

        /** Whether it is a node of the cluster. */
        public boolean namesNode() {
            return equals(node(name));
        }

        Subject rendered(UnaryOperator<String> template) {
            return new Subject(apiVersion, kind, template.apply(name), each(namespace, template));
        }
    }

    /**
     * Makes objects what documents say, by server-side apply.
     *
     * @param manifests the documents themselves; exactly one of manifests, source and kustomize
     * @param source a file on the daemon's side, below the directories it may read; no template
     * @param kustomize a directory there, of which kustomize makes the documents
     * @param namespace of documents that name none and need one
     * @param force takes fields over that others manage, instead of failing
     * @param deleteOnRelease what was applied is deleted when the machine is released
     */
    record Apply(
            @Nullable String manifests,
            @Nullable String source,
            @Nullable String kustomize,
            String namespace,
            boolean force,
            boolean deleteOnRelease)
            implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Apply(
                    each(manifests, template),
                    each(source, template),
                    each(kustomize, template),
                    template.apply(namespace),
                    force,
                    deleteOnRelease);
        }
    }

    /**
     * Waits until an object is there, or has a condition.
     *
     * @param condition a type below {@code status.conditions}; absent: that it exists is enough
     * @param status what the condition shall be: True, False or Unknown
     */
    record WaitFor(Subject object, @Nullable String condition, String status)
            implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new WaitFor(object.rendered(template), condition, status);
        }
    }

    /** Waits until a workload of {@code apps/v1} runs as it is declared. */
    record Rollout(Workload workload, String name, String namespace) implements KubernetesAction {

        /** What can be rolled out. */
        public enum Workload {
            DEPLOYMENT("Deployment"),
            STATEFUL_SET("StatefulSet"),
            DAEMON_SET("DaemonSet");

            private final String text;

            Workload(String text) {
                this.text = text;
            }

            /** Its kind, as Kubernetes writes it. */
            public String text() {
                return text;
            }
        }

        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Rollout(workload, template.apply(name), template.apply(namespace));
        }
    }

    /** Waits until an object is gone. */
    record Gone(Subject object) implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Gone(object.rendered(template));
        }
    }

    /**
     * Deletes an object and waits until it is gone.
     *
     * @param orphan what depends on it stays
     */
    record Delete(Subject object, boolean orphan) implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Delete(object.rendered(template), orphan);
        }
    }

    /** Sets labels of an object, and removes others. */
    record Label(Subject object, Map<String, String> set, List<String> remove)
            implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Label(object.rendered(template), each(set, template), remove);
        }
    }

    /** Sets annotations of an object, and removes others. */
    record Annotate(Subject object, Map<String, String> set, List<String> remove)
            implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Annotate(object.rendered(template), each(set, template), remove);
        }
    }

    /** Keeps new pods from a node. */
    record Cordon(String node) implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Cordon(template.apply(node));
        }
    }

    /** Lets new pods onto a node. */
    record Uncordon(String node) implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Uncordon(template.apply(node));
        }
    }

    /**
     * Cordons a node and evicts its pods, as disruption budgets allow.
     *
     * @param gracePeriodSeconds for a pod to end; absent: the pod's own
     * @param deleteEmptyDir also pods whose files in an emptyDir are lost with them
     * @param force also pods that nothing would start again elsewhere
     * @param podSelector a label selector; absent: all pods
     */
    record Drain(
            String node,
            @Nullable Integer gracePeriodSeconds,
            boolean deleteEmptyDir,
            boolean force,
            @Nullable String podSelector)
            implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Drain(
                    template.apply(node),
                    gracePeriodSeconds,
                    deleteEmptyDir,
                    force,
                    each(podSelector, template));
        }
    }

    /**
     * Runs a Job to its end.
     *
     * @param manifest one document, {@code batch/v1}; its name begins the Job's
     * @param namespace unless the document names one
     */
    record Job(String manifest, String namespace) implements KubernetesAction {
        @Override
        public KubernetesAction rendered(UnaryOperator<String> template) {
            return new Job(template.apply(manifest), template.apply(namespace));
        }
    }
}
