package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.step.KubernetesAction.Drain;
import java.util.List;

/**
 * A pod on a node that is drained.
 *
 * @param live as the API has it
 */
record Pod(Located place, JsonNode live) {

    static Pod of(JsonNode live) throws ClusterException {
        JsonNode metadata = live.path("metadata");
        return new Pod(
                Kinds.located(
                        Kinds.POD,
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText()),
                live);
    }

    /** Its node would bring it back at once. */
    boolean wouldComeAgain() {
        return controller().equals("DaemonSet")
                || live.at("/metadata/annotations").has("kubernetes.io/config.mirror");
    }

    boolean isEnding() {
        return !live.at("/metadata/deletionTimestamp").isMissingNode();
    }

    /** Why it may not be evicted, or nothing. */
    List<String> objection(Drain drain) {
        if (isEnding() || isOver()) {
            return List.of();
        }
        if (controller().isEmpty() && !drain.force()) {
            return List.of(this + " has no controller that would start it again (force)");
        }
        if (hasEmptyDir() && !drain.deleteEmptyDir()) {
            return List.of(this + " has files in an emptyDir (deleteEmptyDir)");
        }
        return List.of();
    }

    private boolean isOver() {
        String phase = live.at("/status/phase").asText();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private String controller() {
        for (JsonNode owner : live.at("/metadata/ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return owner.path("kind").asText();
            }
        }
        return "";
    }

    private boolean hasEmptyDir() {
        for (JsonNode volume : live.at("/spec/volumes")) {
            if (volume.has("emptyDir")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return place.namespace() + "/" + place.name();
    }
}
