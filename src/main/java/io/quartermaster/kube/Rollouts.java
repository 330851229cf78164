package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.kube.Doing.Seen;
import io.quartermaster.step.KubernetesAction.Rollout.Workload;

/** How far a workload's rollout is, by the rules of {@code kubectl rollout status}. */
final class Rollouts {
    private Rollouts() {}

    /**
     * What a workload says of itself.
     *
     * @param name for messages
     */
    static Seen seen(Workload kind, String name, JsonNode live) {
        JsonNode status = live.path("status");
        if (status.path("observedGeneration").asLong() < live.at("/metadata/generation").asLong()) {
            return new Seen.NotYet(name + ": its latest change was not looked at yet");
        }
        return switch (kind) {
            case DEPLOYMENT -> deployment(name, live.path("spec"), status);
            case STATEFUL_SET -> statefulSet(name, live.path("spec"), status);
            case DAEMON_SET -> daemonSet(name, live.path("spec"), status);
        };
    }

    private static Seen deployment(String name, JsonNode spec, JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("reason").asText().equals("ProgressDeadlineExceeded")) {
                return new Seen.Never(
                        Failures.again(
                                "rollout-failed",
                                name + ": " + condition.path("message").asText(),
                                "see why its pods do not become ready"));
            }
        }
        int wanted = spec.path("replicas").asInt(1);
        int updated = status.path("updatedReplicas").asInt();
        int all = status.path("replicas").asInt();
        if (updated < wanted) {
            return notYet(name, updated, wanted, "replicas updated");
        }
        if (all > updated) {
            return new Seen.NotYet(name + ": " + (all - updated) + " old replicas have not ended");
        }
        return available(name, status.path("availableReplicas").asInt(), updated);
    }

    private static Seen statefulSet(String name, JsonNode spec, JsonNode status) {
        if (!spec.at("/updateStrategy/type").asText("RollingUpdate").equals("RollingUpdate")) {
            return byHand(name);
        }
        int wanted = spec.path("replicas").asInt(1);
        int updated = status.path("updatedReplicas").asInt();
        int partition = spec.at("/updateStrategy/rollingUpdate/partition").asInt();
        if (status.path("readyReplicas").asInt() < wanted) {
            return notYet(name, status.path("readyReplicas").asInt(), wanted, "replicas ready");
        }
        boolean rolledOut =
                partition > 0
                        ? updated >= wanted - partition
                        : status.path("updateRevision").equals(status.path("currentRevision"));
        return rolledOut
                ? new Seen.Done()
                : notYet(name, updated, Math.max(0, wanted - partition), "replicas updated");
    }

    private static Seen daemonSet(String name, JsonNode spec, JsonNode status) {
        if (!spec.at("/updateStrategy/type").asText("RollingUpdate").equals("RollingUpdate")) {
            return byHand(name);
        }
        int wanted = status.path("desiredNumberScheduled").asInt();
        int updated = status.path("updatedNumberScheduled").asInt();
        return updated < wanted
                ? notYet(name, updated, wanted, "pods updated")
                : available(name, status.path("numberAvailable").asInt(), wanted);
    }

    private static Seen available(String name, int available, int wanted) {
        return available < wanted
                ? notYet(name, available, wanted, "updated replicas available")
                : new Seen.Done();
    }

    private static Seen notYet(String name, int some, int all, String what) {
        return new Seen.NotYet(name + ": " + some + " of " + all + " " + what);
    }

    private static Seen byHand(String name) {
        return new Seen.Never(
                Failures.invalid(
                        "rollout-by-hand",
                        name + " is updated by hand, so its rollout has no end to wait for",
                        "wait for something else, or make its updateStrategy RollingUpdate"));
    }
}
