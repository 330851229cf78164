package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quartermaster.kube.Doing.Seen;
import io.quartermaster.step.KubernetesAction.Rollout.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "observedGeneration: 1, replicas: 3, updatedReplicas: 3 | not looked at yet",
                "observedGeneration: 2, updatedReplicas: 2 | 2 of 3 replicas updated",
                "observedGeneration: 2, updatedReplicas: 3, replicas: 4 | 1 old replicas have not",
                "observedGeneration: 2, updatedReplicas: 3, replicas: 3, availableReplicas: 1"
                        + " | 1 of 3 updated replicas available",
                "observedGeneration: 2, updatedReplicas: 3, replicas: 3, availableReplicas: 3 | Done",
                "observedGeneration: 2, conditions: [{reason: ProgressDeadlineExceeded, message: slow}]"
                        + " | web: slow"
            })
    void a_deployment(String status, String expected) throws Exception {
        check(Workload.DEPLOYMENT, "replicas: 3", status, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: 3 | readyReplicas: 2 | 2 of 3 replicas ready",
                "replicas: 3 | readyReplicas: 3, updatedReplicas: 1, updateRevision: b,"
                        + " currentRevision: a | 1 of 3 replicas updated",
                "replicas: 3 | readyReplicas: 3, updateRevision: b, currentRevision: b | Done",
                "replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}"
                        + " | readyReplicas: 3, updatedReplicas: 0 | 0 of 1 replicas updated",
                "replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}"
                        + " | readyReplicas: 3, updatedReplicas: 1 | Done",
                "updateStrategy: {type: OnDelete} | readyReplicas: 3 | updated by hand"
            })
    void a_stateful_set(String spec, String status, String expected) throws Exception {
        check(Workload.STATEFUL_SET, spec, "observedGeneration: 2, " + status, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "desiredNumberScheduled: 3, updatedNumberScheduled: 1 | 1 of 3 pods updated",
                "desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2"
                        + " | 2 of 3 updated replicas available",
                "desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 | Done",
                "desiredNumberScheduled: 0 | Done"
            })
    void a_daemon_set(String status, String expected) throws Exception {
        check(
                Workload.DAEMON_SET,
                "minReadySeconds: 1",
                "observedGeneration: 2, " + status,
                expected);
    }

    private static void check(Workload kind, String spec, String status, String expected)
            throws Exception {
        var text = "{metadata: {generation: 2}, spec: {%s}, status: {%s}}".formatted(spec, status);
        var seen = Rollouts.seen(kind, "web", YAML.readTree(text));
        var words =
                switch (seen) {
                    case Seen.Done _ -> "Done";
                    case Seen.NotYet(String state) -> state;
                    case Seen.Never(var failure) -> failure.reason();
                };
        assertEquals(expected, words.contains(expected) ? expected : words);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3, true",
        "2, 3, false",
        "'', 3, true",
        "'', 2, false",
    })
    void a_condition_that_speaks_of_an_older_declaration_does_not_count(
            String ofCondition, String ofStatus, boolean counts) throws Exception {
        var own = ofCondition.isEmpty() ? "" : ", observedGeneration: " + ofCondition;
        var text =
                ("{metadata: {generation: 3}, status: {observedGeneration: %s,"
                                + " conditions: [{type: Ready, status: 'True'%s}]}}")
                        .formatted(ofStatus, own);
        var object = Kinds.located(Kinds.NODE, null, "n1");
        var seen = Waiting.condition(object, YAML.readTree(text), "Ready", "True");
        assertEquals(counts, seen instanceof Seen.Done);
    }
}
