package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.kube.Api.Killed;
import io.quartermaster.kube.Doing.Seen;
import io.quartermaster.step.KubernetesAction.Gone;
import io.quartermaster.step.KubernetesAction.Rollout;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.KubernetesAction.WaitFor;
import io.quartermaster.step.StepResult;
import java.util.Optional;
import java.util.function.BiFunction;

/** Waits for objects. */
final class Waiting {
    private final Api api;
    private final Kinds kinds;
    private final Doing doing;

    Waiting(Api api, Doing doing) {
        this.api = api;
        this.kinds = new Kinds(api);
        this.doing = doing;
    }

    /** Until it is there, with its condition when it needs one. */
    StepResult until(WaitFor wait) throws ClusterException, InterruptedException, Killed {
        String condition = wait.condition();
        return present(
                wait.object(),
                (object, live) ->
                        condition == null
                                ? new Seen.Done()
                                : condition(object, live, condition, wait.status()));
    }

    /** Until it runs as it is declared. */
    StepResult rollout(Rollout rollout) throws ClusterException, InterruptedException, Killed {
        Subject workload =
                new Subject(
                        "apps/v1", rollout.workload().text(), rollout.name(), rollout.namespace());
        return present(
                workload,
                (object, live) -> Rollouts.seen(rollout.workload(), object.toString(), live));
    }

    private StepResult present(Subject subject, BiFunction<Located, JsonNode, Seen> whenPresent)
            throws ClusterException, InterruptedException, Killed {
        return doing.await(
                () -> {
                    Optional<Located> object = kinds.locate(subject);
                    if (object.isEmpty()) {
                        return new Seen.NotYet("the cluster knows no kind " + subject.kind());
                    }
                    Optional<JsonNode> live = api.read(object.get());
                    return live.isEmpty()
                            ? new Seen.NotYet(object.get() + " does not exist")
                            : whenPresent.apply(object.get(), live.get());
                });
    }

    /** Until it is not there; a kind that is misspelt is no sign of that. */
    StepResult gone(Gone gone) throws ClusterException, InterruptedException, Killed {
        return doing.await(
                () -> {
                    Located object = kinds.require(gone.object());
                    Optional<JsonNode> live = api.read(object);
                    return live.isEmpty()
                            ? new Seen.Done()
                            : new Seen.NotYet(object + " exists" + Deleting.finalizers(live.get()));
                });
    }

    /** A condition that speaks of an older declaration does not count, as in kubectl wait. */
    static Seen condition(Located object, JsonNode live, String type, String status) {
        for (JsonNode each : live.path("status").path("conditions")) {
            if (!each.path("type").asText().equals(type)) {
                continue;
            }
            long generation = live.at("/metadata/generation").asLong();
            long observed =
                    each.path("observedGeneration")
                            .asLong(live.at("/status/observedGeneration").asLong(generation));
            if (observed < generation) {
                return new Seen.NotYet(object + ": its latest change was not looked at yet");
            }
            String is = each.path("status").asText();
            return is.equals(status)
                    ? new Seen.Done()
                    : new Seen.NotYet(object + ": " + type + " is " + is + why(each));
        }
        return new Seen.NotYet(object + " has no condition " + type);
    }

    private static String why(JsonNode condition) {
        String reason = condition.path("reason").asText();
        String message = condition.path("message").asText();
        return (reason.isEmpty() ? "" : ", " + reason) + (message.isEmpty() ? "" : ": " + message);
    }
}
