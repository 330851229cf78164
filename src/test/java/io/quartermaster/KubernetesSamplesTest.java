package io.quartermaster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quartermaster.app.Domain;
import io.quartermaster.deployment.PlanEvent;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.engine.wire.WireFamily;
import io.quartermaster.engine.wire.WireFamily.Stored;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.KubernetesAction.Rollout.Workload;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Steps of kind kubernetes in the log; the sample is frozen like those of {@link WireSamples}. */
class KubernetesSamplesTest {

    private static final String SAMPLE = "/wire/plan.revised.v1.kubernetes.json";
    private static final WireFamily EVENTS = Domain.codec().events();
    private static final Subject POD = new Subject("v1", "Pod", "web", "prod");

    private static final List<KubernetesAction> ACTIONS =
            List.of(
                    new KubernetesAction.Apply("kind: Pod", null, null, "prod", true, true),
                    new KubernetesAction.Apply(null, "web.yaml", null, "prod", false, false),
                    new KubernetesAction.Apply(null, null, "overlays", "prod", false, false),
                    new KubernetesAction.WaitFor(POD, "Ready", "True"),
                    new KubernetesAction.WaitFor(Subject.node("h1"), null, "True"),
                    new KubernetesAction.Rollout(Workload.STATEFUL_SET, "db", "prod"),
                    new KubernetesAction.Gone(POD),
                    new KubernetesAction.Delete(POD, true),
                    new KubernetesAction.Label(POD, Map.of("a", "b"), List.of("c")),
                    new KubernetesAction.Annotate(POD, Map.of("a", "b"), List.of("c")),
                    new KubernetesAction.Cordon("h1"),
                    new KubernetesAction.Uncordon("h1"),
                    new KubernetesAction.Drain("h1", 30, true, true, "app=web"),
                    new KubernetesAction.Drain("h1", null, false, false, null),
                    new KubernetesAction.Job("kind: Job", "prod"));

    private static PlanEvent.Revised event() {
        List<PlanStep> steps = new ArrayList<>();
        for (var action : ACTIONS) {
            var secret = steps.isEmpty() ? "kubeconfig" : null;
            steps.add(PlanStep.of("step " + steps.size(), new Step.Kubernetes(action, secret)));
        }
        return new PlanEvent.Revised(1, new PlanSpec(Map.of(), steps, Map.of()));
    }

    private static String frozen() throws IOException {
        try (var sample = KubernetesSamplesTest.class.getResourceAsStream(SAMPLE)) {
            assertNotNull(sample, () -> SAMPLE + " is missing: " + EVENTS.write(event()).json());
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_was_stored_is_read_as_it_was() throws IOException {
        assertEquals(event(), EVENTS.read(new Stored("plan.revised", 1, frozen())));
    }

    @Test
    void what_is_stored_has_the_shape_it_had() throws IOException {
        var json = new ObjectMapper();
        assertEquals(json.readTree(frozen()), json.readTree(EVENTS.write(event()).json()));
    }

    @Test
    void every_action_stands_in_the_sample() {
        var sampled = ACTIONS.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.copyOf(KubernetesAction.KINDS.values()), sampled);
    }
}
