package io.quartermaster.kube.instance;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.quartermaster.step.Failure;
import io.quartermaster.step.Failure.Retry;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods. One whose template has no restartPolicy is not restarted: when its container ends, its
 * machine is lost and replaced, since what was installed in it went with the container.
 */
final class Pods extends Resources {
    private static final ResourceDefinitionContext CONTEXT =
            new ResourceDefinitionContext.Builder()
                    .withVersion("v1")
                    .withKind("Pod")
                    .withPlural("pods")
                    .withNamespaced(true)
                    .build();

    /** Why a container waits when nothing is wrong. */
    private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

    /**
     * Phases that a Pod never leaves.
     *
     * @see <a
     *     href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase">Pod
     *     phase</a>
     */
    private static final Set<String> ENDED = Set.of("Failed", "Succeeded");

    Pods(KubernetesClient client, String namespace) {
        super(client, namespace);
    }

    @Override
    ResourceDefinitionContext context() {
        return CONTEXT;
    }

    @Override
    GenericKubernetesResource thing(String body) {
        var pod = parsed(body);
        var serialization = client().getKubernetesSerialization();
        var metadata = serialization.convertValue(part(pod, "metadata"), ObjectMeta.class);
        var spec = new LinkedHashMap<>(part(pod, "spec"));
        // One that began anew would have lost its files, and still be the machine that is ready.
        spec.putIfAbsent("restartPolicy", "Never");
        return thing(metadata, spec);
    }

    @Override
    State state(GenericKubernetesResource thing) {
        var pod = client().getKubernetesSerialization().convertValue(thing, Pod.class);
        var uid = pod.getMetadata().getUid();
        if (KubeInstances.isLeaving(thing)) return new State.Leaving(uid);
        var status = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
        var name = "pod " + pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
        var phase = Objects.requireNonNullElse(status.getPhase(), "Pending");
        if (ENDED.contains(phase)) return new State.Failed(uid, ended(name, phase, status));
        var address = status.getPodIP();
        if (isReady(status) && address != null && !address.isEmpty()) {
            var node = Objects.requireNonNullElse(pod.getSpec().getNodeName(), "");
            return new State.Running(uid, address, node);
        }
        return new State.Pending(uid, pending(name, phase, status));
    }

    private static boolean isReady(PodStatus status) {
        return status.getConditions().stream()
                .anyMatch(each -> is(each, "Ready") && each.getStatus().equals("True"));
    }

    private static boolean is(PodCondition condition, String type) {
        return condition.getType().equals(type);
    }

    private static Failure ended(String name, String phase, PodStatus status) {
        var why =
                Stream.concat(
                                Stream.of(words(status.getReason(), status.getMessage())),
                                status.getContainerStatuses().stream().map(Pods::exit))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; "));
        return new Failure(
                "pod-ended",
                name + " has ended (" + phase + ")" + (why.isEmpty() ? "" : ": " + why),
                "look at what ended it; a pod for a machine has to run until it is deleted",
                Retry.WORTHWHILE);
    }

    private static String exit(ContainerStatus container) {
        var ended = state(container).getTerminated();
        if (ended == null) return "";
        var exit = "container " + container.getName() + " ended with " + ended.getExitCode();
        var why = words(ended.getReason(), ended.getMessage());
        return why.isEmpty() ? exit : exit + " (" + why + ")";
    }

    private static ContainerState state(ContainerStatus container) {
        return Optional.ofNullable(container.getState()).orElseGet(ContainerState::new);
    }

    private static Failure pending(String name, String phase, PodStatus status) {
        return unscheduled(name, status)
                .or(() -> waiting(name, status))
                .orElseGet(
                        () ->
                                new Failure(
                                        "pod-starting",
                                        name + " is " + phase + " and not ready yet",
                                        "nothing, unless it takes long: then look at the pod",
                                        Retry.WORTHWHILE));
    }

    private static Optional<Failure> unscheduled(String name, PodStatus status) {
        return status.getConditions().stream()
                .filter(each -> is(each, "PodScheduled") && each.getStatus().equals("False"))
                .map(
                        each ->
                                new Failure(
                                        "pod-unschedulable",
                                        name + " is unschedulable: " + each.getMessage(),
                                        "make room in the cluster, or ask for less in the class",
                                        Retry.WORTHWHILE))
                .findFirst();
    }

    private static Optional<Failure> waiting(String name, PodStatus status) {
        return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .flatMap(containers -> containers.stream())
                .filter(each -> state(each).getWaiting() != null)
                .filter(each -> !STARTING.contains(state(each).getWaiting().getReason()))
                .map(
                        each ->
                                new Failure(
                                        "container-waiting",
                                        "container %s of %s waits: %s"
                                                .formatted(
                                                        each.getName(),
                                                        name,
                                                        words(
                                                                state(each)
                                                                        .getWaiting()
                                                                        .getReason(),
                                                                state(each)
                                                                        .getWaiting()
                                                                        .getMessage())),
                                        "mend the image, the command or what it mounts",
                                        Retry.WORTHWHILE))
                .findFirst();
    }

    private static String words(String reason, String message) {
        return Stream.of(reason, message)
                .filter(text -> text != null && !text.isEmpty())
                .collect(Collectors.joining(": "));
    }
}
