package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quartermaster.kube.Api.Killed;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.StepResult;
import java.util.List;
import java.util.Map;

/** Sets single fields of objects that others made. */
final class Marking {
    private final Api api;
    private final Doing doing;

    Marking(Api api, Doing doing) {
        this.api = api;
        this.doing = doing;
    }

    /**
     * Sets some entries and removes others.
     *
     * @param field below the metadata: labels or annotations
     */
    StepResult mark(Subject subject, String field, Map<String, String> set, List<String> remove)
            throws ClusterException, InterruptedException, Killed {
        Located object = new Kinds(api).require(subject);
        JsonNode present = live(object).path("metadata").path(field);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode entries = patch.putObject("metadata").putObject(field);
        set.forEach(
                (key, value) -> {
                    if (!present.path(key).asText().equals(value) || !present.has(key)) {
                        entries.put(key, value);
                    }
                });
        remove.stream().filter(present::has).forEach(entries::putNull);
        if (entries.isEmpty()) {
            doing.say(object + ": has these " + field);
            return new StepResult.Unchanged();
        }
        api.merge(object, patch);
        doing.say(object + ": changed");
        return new StepResult.Changed();
    }

    /** Lets new pods onto a node, or keeps them from it. */
    StepResult schedulable(String name, boolean yes)
            throws ClusterException, InterruptedException, Killed {
        Located node = Kinds.located(Kinds.NODE, null, name);
        boolean is = !live(node).at("/spec/unschedulable").asBoolean();
        if (is == yes) {
            doing.say(node + (yes ? ": takes pods" : ": is cordoned"));
            return new StepResult.Unchanged();
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode spec = patch.putObject("spec");
        if (yes) {
            spec.putNull("unschedulable");
        } else {
            spec.put("unschedulable", true);
        }
        api.merge(node, patch);
        doing.say(node + (yes ? ": uncordoned" : ": cordoned"));
        return new StepResult.Changed();
    }

    private JsonNode live(Located object) throws ClusterException, InterruptedException {
        return api.read(object)
                .orElseThrow(() -> ClusterException.impossible(Failures.missing(object)));
    }
}
