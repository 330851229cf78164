package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.KubernetesAction.Drain;
import io.quartermaster.step.StepResult.Changed;
import io.quartermaster.step.StepResult.Unchanged;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainingTest {
    private static final String BUDGET =
            """
            apiVersion: policy/v1beta1
            kind: PodDisruptionBudget
            metadata: {name: two-at-least}
            spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
            """;

    Cluster cluster;
    String node;
    String owner;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster();
        node = "drained-" + cluster.namespace;
        cluster.make("{apiVersion: v1, kind: Node, metadata: {name: %s}}".formatted(node));
        owner = owner("ReplicaSet", "replicas: 0, ");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** A controller, which the pods' owner has to be, or they are collected as garbage. */
    private String owner(String kind, String spec) throws Exception {
        cluster.make(
                """
                apiVersion: apps/v1
                kind: %s
                metadata: {name: web}
                spec:
                  {%sselector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
                   spec: {containers: [{name: web, image: web}]}}}
                """
                        .formatted(kind, spec));
        var plural = kind.toLowerCase(Locale.ROOT) + "s";
        var path = "/apis/apps/v1/namespaces/" + cluster.namespace + "/" + plural + "/web";
        return ", ownerReferences: [{apiVersion: apps/v1, kind: %s, name: web, controller: true, uid: %s}]"
                .formatted(kind, cluster.read(path).at("/metadata/uid").asText());
    }

    private void pod(String name, String metadata, String spec) throws Exception {
        cluster.make(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: web}%s}
                spec: {nodeName: %s, containers: [{name: web, image: web}]%s}
                """
                        .formatted(name, metadata, node, spec));
        cluster.report(
                "/api/v1/namespaces/" + cluster.namespace + "/pods/" + name,
                "{\"phase\": \"Running\", \"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}");
    }

    private Drain drain(boolean emptyDir, boolean force) {
        return new Drain(node, 0, emptyDir, force, null);
    }

    private boolean isThere(String pod) throws Exception {
        return !cluster.at("pods/" + pod).isMissingNode();
    }

    /** The controller's own view of the budget, which it forms a moment after the pods came. */
    private void awaitBudget(int disruptionsAllowed) {
        cluster.client
                .policy()
                .v1beta1()
                .podDisruptionBudget()
                .inNamespace(cluster.namespace)
                .withName("two-at-least")
                .waitUntilCondition(
                        budget ->
                                budget != null
                                        && budget.getStatus() != null
                                        && Integer.valueOf(disruptionsAllowed)
                                                .equals(budget.getStatus().getDisruptionsAllowed())
                                        && Integer.valueOf(disruptionsAllowed + 2)
                                                .equals(budget.getStatus().getCurrentHealthy()),
                        30,
                        TimeUnit.SECONDS);
    }

    @Test
    void pods_are_evicted_and_the_node_takes_no_new_ones() throws Exception {
        pod("a", owner, "");
        pod("b", owner, "");
        assertEquals(new Changed(), cluster.perform(1, drain(false, false)));
        assertFalse(isThere("a") || isThere("b"));
        assertTrue(cluster.read("/api/v1/nodes/" + node).at("/spec/unschedulable").asBoolean());
        assertEquals(new Unchanged(), cluster.perform(2, drain(false, false)));
    }

    @Test
    void budgets_are_respected_and_named_when_time_is_over() throws Exception {
        cluster.make(BUDGET);
        pod("a", owner, "");
        pod("b", owner, "");
        awaitBudget(0);
        cluster.limit = Duration.ofSeconds(2);
        var failure = cluster.failure(drain(false, false));
        assertEquals("drain-incomplete", failure.code());
        assertTrue(failure.reason().contains("still has 2 pods"), failure::reason);
        assertTrue(failure.reason().contains("two-at-least needs 2 healthy pods"), failure::reason);
        assertTrue(isThere("a") && isThere("b"));
    }

    @Test
    void one_pod_goes_after_the_other_as_the_budget_allows() throws Exception {
        cluster.make(BUDGET);
        for (var name : new String[] {"a", "b", "c"}) pod(name, owner, "");
        awaitBudget(1);
        cluster.limit = Duration.ofSeconds(2);
        assertTrue(cluster.failure(drain(false, false)).reason().contains("still has 2 pods"));
        cluster.client
                .policy()
                .v1beta1()
                .podDisruptionBudget()
                .inNamespace(cluster.namespace)
                .withName("two-at-least")
                .delete();
        assertEquals(new Changed(), cluster.perform(1, drain(false, false)));
    }

    @Test
    void pods_that_would_lose_something_are_refused_with_reasons_before_any_is_evicted()
            throws Exception {
        pod("a", owner, "");
        pod("bare", "", "");
        pod("files", owner, ", volumes: [{name: files, emptyDir: {}}]");
        var failure = cluster.failure(drain(false, false));
        assertEquals("drain-refused", failure.code());
        assertTrue(failure.reason().contains("/bare has no controller"), failure::reason);
        assertTrue(failure.reason().contains("/files has files in an emptyDir"), failure::reason);
        assertTrue(isThere("a"));

        assertTrue(cluster.failure(drain(true, false)).reason().contains("/bare"));
        assertEquals(new Changed(), cluster.perform(1, drain(true, true)));
        assertFalse(isThere("bare") || isThere("files"));
    }

    @Test
    void pods_that_would_come_again_stay() throws Exception {
        pod("daemon", owner("DaemonSet", ""), "");
        pod("mirror", ", annotations: {kubernetes.io/config.mirror: x}", "");
        assertEquals(new Changed(), cluster.perform(1, drain(false, false)), "cordoned");
        assertEquals(new Unchanged(), cluster.perform(1, drain(false, false)));
        assertTrue(isThere("daemon") && isThere("mirror"));
    }

    @Test
    void a_selector_limits_it_to_some_pods() throws Exception {
        pod("a", owner, "");
        pod("bare", "", "");
        var other = new Drain(node, 0, false, false, "app!=web");
        assertEquals(new Changed(), cluster.perform(1, other), "cordoned");
        assertTrue(isThere("a") && isThere("bare"));
    }

    @Test
    void a_selector_that_was_rendered_empty_is_not_one_of_all_pods() throws Exception {
        pod("a", owner, "");
        var failure = cluster.failure(new Drain(node, 0, false, false, " "));
        assertEquals("selector-empty", failure.code());
        assertTrue(isThere("a"));
        assertTrue(cluster.read("/api/v1/nodes/" + node).at("/spec/unschedulable").isMissingNode());
    }

    @Test
    void it_is_done_when_the_pods_are_gone_and_not_when_they_are_told_to_go() throws Exception {
        pod("a", owner, "");
        cluster.limit = Duration.ofSeconds(1);
        var patient = new Drain(node, 600, false, false, null);
        var failure = cluster.failure(patient);
        assertTrue(failure.reason().contains("/a is ending"), failure::reason);
        cluster.client
                .pods()
                .inNamespace(cluster.namespace)
                .withName("a")
                .withGracePeriod(0)
                .delete();
        assertEquals(new Unchanged(), cluster.perform(1, patient));
    }
}
