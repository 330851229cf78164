package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.kube.Api.Killed;
import io.quartermaster.kube.Doing.Seen;
import io.quartermaster.step.Failure;
import io.quartermaster.step.KubernetesAction.Drain;
import io.quartermaster.step.StepResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Empties a node: no new pods, and the present ones are evicted as soon as their disruption budgets
 * allow it. Pods of DaemonSets and of the node's own manifests stay, since they would come again.
 */
final class Draining {
    private static final int SHOWN = 10;

    private final Api api;
    private final Doing doing;
    private final Drain drain;
    private final Eviction eviction;

    Draining(Api api, Doing doing, Drain drain) {
        this.api = api;
        this.doing = doing;
        this.drain = drain;
        this.eviction = new Eviction(api, drain.gracePeriodSeconds());
    }

    StepResult drain() throws ClusterException, InterruptedException, Killed {
        if (drain.podSelector() != null && drain.podSelector().isBlank()) {
            return new StepResult.Failed(selectsAll());
        }
        StepResult cordoned = new Marking(api, doing).schedulable(drain.node(), false);
        List<Pod> pods = pods();
        List<String> refused = pods.stream().flatMap(pod -> pod.objection(drain).stream()).toList();
        if (!refused.isEmpty()) {
            return new StepResult.Failed(refused(refused));
        }
        if (pods.isEmpty()) {
            doing.say("Node " + drain.node() + ": has no pods to evict");
            return cordoned;
        }
        Map<String, String> obstacles = new LinkedHashMap<>();
        StepResult emptied = doing.await(() -> round(obstacles));
        return emptied instanceof StepResult.Failed
                ? new StepResult.Failed(left(obstacles))
                : new StepResult.Changed();
    }

    /** Asks once for each pod's eviction; whose end is under way is only waited for. */
    private Seen round(Map<String, String> obstacles)
            throws ClusterException, InterruptedException, Killed {
        List<Pod> pods = pods();
        obstacles.clear();
        for (Pod pod : pods) {
            List<String> objection = pod.objection(drain);
            if (!objection.isEmpty()) {
                // It came after the first look.
                obstacles.put(pod.toString(), objection.getFirst());
            } else if (pod.isEnding()) {
                obstacles.put(pod.toString(), pod + " is ending");
            } else {
                String obstacle = eviction.evict(pod);
                obstacles.put(
                        pod.toString(),
                        obstacle.isEmpty() ? pod + " is ending" : pod + ": " + obstacle);
            }
        }
        return pods.isEmpty() ? new Seen.Done() : new Seen.NotYet(listed(obstacles.values()));
    }

    private List<Pod> pods() throws ClusterException, InterruptedException {
        String query = "?fieldSelector=" + encoded("spec.nodeName=" + drain.node());
        if (drain.podSelector() != null) {
            query += "&labelSelector=" + encoded(drain.podSelector());
        }
        List<Pod> pods = new ArrayList<>();
        for (JsonNode live : api.list("/api/v1/pods" + query)) {
            Pod pod = Pod.of(live);
            if (!pod.wouldComeAgain()) {
                pods.add(pod);
            }
        }
        return pods;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What a template was given shall not make all pods of some. */
    private Failure selectsAll() {
        return Failures.invalid(
                "selector-empty",
                "the podSelector for node " + drain.node() + " is empty, which is every pod",
                "correct what its template is given, or leave podSelector out to evict all pods");
    }

    private Failure refused(List<String> reasons) {
        return Failures.invalid(
                "drain-refused",
                "node " + drain.node() + " is cordoned, but not drained: " + listed(reasons),
                "say deleteEmptyDir: true or force: true, leave the pods out by a podSelector,"
                        + " or move them by hand");
    }

    private Failure left(Map<String, String> obstacles) {
        return Failures.again(
                "drain-incomplete",
                "after %d s node %s still has %d pods: %s"
                        .formatted(
                                doing.task().step().timeout().toSeconds(),
                                drain.node(),
                                obstacles.size(),
                                listed(obstacles.values())),
                "see that the budgets allow a disruption, or give the step more timeoutSeconds");
    }

    private static String listed(Collection<String> reasons) {
        String first = reasons.stream().limit(SHOWN).collect(Collectors.joining("; "));
        int more = reasons.size() - SHOWN;
        return more > 0 ? first + "; and " + more + " more" : first;
    }
}
