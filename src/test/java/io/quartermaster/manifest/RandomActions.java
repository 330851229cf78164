package io.quartermaster.manifest;

import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.KubernetesAction.Rollout.Workload;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.Step;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What steps of kind kubernetes can say. */
record RandomActions(Random random, Supplier<String> texts) {

    Step step() {
        return new Step.Kubernetes(
                action(), oneOf(null, "clusters/blue", "{host.vars.cluster}-kubeconfig"));
    }

    private KubernetesAction action() {
        var name = oneOf("{host.name}", "n-1", "system:node");
        var where = oneOf("default", "{machine.tenant}");
        return switch (random.nextInt(11)) {
            case 0 -> apply(where);
            case 1 -> new KubernetesAction.WaitFor(object(), null, "True");
            case 2 ->
                    new KubernetesAction.WaitFor(
                            object(), "Ready", oneOf("True", "False", "Unknown"));
            case 3 -> new KubernetesAction.Rollout(oneOf(Workload.values()), name, where);
            case 4 -> new KubernetesAction.Gone(object());
            case 5 -> new KubernetesAction.Delete(object(), random.nextBoolean());
            case 6 ->
                    new KubernetesAction.Label(
                            object(),
                            Map.of("a", "{p0}", "b/c", ""),
                            oneOf(List.of(), List.of("d")));
            case 7 ->
                    new KubernetesAction.Annotate(
                            object(), oneOf(Map.of(), Map.of("a", texts.get())), List.of("x/y"));
            case 8 -> oneOf(new KubernetesAction.Cordon(name), new KubernetesAction.Uncordon(name));
            case 9 ->
                    new KubernetesAction.Drain(
                            name,
                            oneOf(null, 0, 86_400),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            oneOf(null, "app in (a, b)"));
            default -> new KubernetesAction.Job("kind: Job", where);
        };
    }

    private KubernetesAction apply(String where) {
        int source = random.nextInt(3);
        return new KubernetesAction.Apply(
                source == 0 ? "kind: Pod\n" + texts.get() : null,
                source == 1 ? "manifests/web.yaml" : null,
                source == 2 ? "overlays/{p0}" : null,
                where,
                random.nextBoolean(),
                random.nextBoolean());
    }

    private Subject object() {
        return oneOf(
                Subject.node("{host.name}"),
                new Subject("apps/v1", "Deployment", "web", "prod"),
                new Subject("v1", "Pod", "{machine.id}", null));
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
