package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.KubernetesAction.Annotate;
import io.quartermaster.step.KubernetesAction.Cordon;
import io.quartermaster.step.KubernetesAction.Label;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.KubernetesAction.Uncordon;
import io.quartermaster.step.StepResult.Changed;
import io.quartermaster.step.StepResult.Unchanged;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarkingTest {
    Cluster cluster;
    String node;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster();
        node = "marked-" + cluster.namespace;
        cluster.make(
                "{apiVersion: v1, kind: Node, metadata: {name: %s, labels: {old: x}}}"
                        .formatted(node));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void labels_are_set_and_removed_and_others_stay() throws Exception {
        var label = new Label(Subject.node(node), Map.of("pool", "a", "e", ""), List.of("old"));
        cluster.client
                .nodes()
                .withName(node)
                .edit(n -> n.edit().editMetadata().addToLabels("their", "s").endMetadata().build());
        assertEquals(new Changed(), cluster.perform(1, label));
        var labels = cluster.read("/api/v1/nodes/" + node).at("/metadata/labels");
        assertEquals("{\"e\":\"\",\"pool\":\"a\",\"their\":\"s\"}", labels.toString());
        assertEquals(new Unchanged(), cluster.perform(1, label));
    }

    @Test
    void annotations_are_set_and_removed_also_of_what_has_none() throws Exception {
        cluster.make("{apiVersion: v1, kind: ConfigMap, metadata: {name: plain}}");
        var object = new Subject("v1", "ConfigMap", "plain", cluster.namespace);
        var annotate = new Annotate(object, Map.of("example.com/note", "a\nb"), List.of("gone"));
        assertEquals(new Changed(), cluster.perform(1, annotate));
        var path = "configmaps/plain";
        assertEquals(
                "a\nb",
                cluster.at(path).at("/metadata/annotations").path("example.com/note").asText());
        assertEquals(new Unchanged(), cluster.perform(1, annotate));
    }

    @Test
    void a_node_is_cordoned_once_and_uncordoned_once() throws Exception {
        assertEquals(new Changed(), cluster.perform(1, new Cordon(node)));
        assertTrue(cluster.read("/api/v1/nodes/" + node).at("/spec/unschedulable").asBoolean());
        assertEquals(new Unchanged(), cluster.perform(1, new Cordon(node)));
        assertEquals(new Changed(), cluster.perform(1, new Uncordon(node)));
        assertFalse(cluster.read("/api/v1/nodes/" + node).at("/spec/unschedulable").asBoolean());
        assertEquals(new Unchanged(), cluster.perform(1, new Uncordon(node)));
    }

    @Test
    void what_is_not_there_cannot_be_marked() throws Exception {
        assertEquals("object-missing", cluster.failure(new Cordon("nobody")).code());
        var label = new Label(Subject.node("nobody"), Map.of("a", "b"), List.of());
        assertEquals("object-missing", cluster.failure(label).code());
    }

    @Test
    void a_label_that_no_label_can_be_is_refused_in_the_servers_words() throws Exception {
        var label = new Label(Subject.node(node), Map.of("a", "not one word"), List.of());
        var failure = cluster.failure(label);
        assertEquals("object-refused", failure.code());
        assertTrue(failure.reason().contains("not one word"), failure::reason);
    }

    @Test
    void names_cannot_lead_elsewhere_in_the_api() throws Exception {
        for (var name : List.of("../pods", "a/b", "..", "", "a%2Fb", "a b")) {
            assertEquals("name-invalid", cluster.failure(new Cordon(name)).code(), name);
        }
        var elsewhere = new Subject("v1", "Pod", "a", "../../nodes");
        var label = new Label(elsewhere, Map.of("a", "b"), List.of());
        assertEquals("name-invalid", cluster.failure(label).code());
    }
}
