package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.kube.Api.Killed;
import io.quartermaster.kube.Doing.Seen;
import io.quartermaster.step.KubernetesAction.Delete;
import io.quartermaster.step.StepResult;
import java.util.Optional;

/** Deletes objects and waits until they are gone. */
final class Deleting {
    private final Api api;
    private final Doing doing;

    Deleting(Api api, Doing doing) {
        this.api = api;
        this.doing = doing;
    }

    /** What a step says; an object that is not there is nothing to do. */
    StepResult delete(Delete delete) throws ClusterException, InterruptedException, Killed {
        Located object = new Kinds(api).require(delete.object());
        Optional<JsonNode> live = api.read(object);
        if (live.isEmpty()) {
            doing.say(object + ": does not exist");
            return new StepResult.Unchanged();
        }
        return delete(object, live.get(), delete.orphan() ? "Orphan" : "Foreground");
    }

    /**
     * Deletes the object as it was seen; one that takes its place stays.
     *
     * @param propagation as in {@link Api#delete}
     */
    StepResult delete(Located object, JsonNode live, String propagation)
            throws ClusterException, InterruptedException, Killed {
        String uid = live.at("/metadata/uid").asText();
        if (live.at("/metadata/deletionTimestamp").isMissingNode()) {
            api.delete(object, uid, propagation);
        }
        StepResult waited = doing.await(() -> seen(object, uid));
        if (waited instanceof StepResult.Failed) {
            return waited;
        }
        doing.say(object + ": deleted");
        return new StepResult.Changed();
    }

    private Seen seen(Located object, String uid) throws ClusterException, InterruptedException {
        Optional<JsonNode> live = api.read(object);
        if (live.isEmpty() || !live.get().at("/metadata/uid").asText().equals(uid)) {
            return new Seen.Done();
        }
        return new Seen.NotYet(object + " is being deleted" + finalizers(live.get()));
    }

    /** What keeps an object that is being deleted, in words. */
    static String finalizers(JsonNode live) {
        JsonNode finalizers = live.at("/metadata/finalizers");
        return finalizers.isEmpty() ? "" : ", kept by its finalizers " + finalizers;
    }
}
