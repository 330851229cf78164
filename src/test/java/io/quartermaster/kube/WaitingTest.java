package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Journal.Wish;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.KubernetesAction.Rollout;
import io.quartermaster.step.KubernetesAction.Rollout.Workload;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.KubernetesAction.WaitFor;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult.Unchanged;
import io.quartermaster.step.Work.Mode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: web}]}
            """;

    Cluster cluster;
    String node;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster();
        node = "awaited-" + cluster.namespace;
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void makeNode() {
        cluster.make("{apiVersion: v1, kind: Node, metadata: {name: %s}}".formatted(node));
    }

    private void report(String ready, String reason) throws Exception {
        cluster.report(
                "/api/v1/nodes/" + node,
                """
                {"conditions": [
                  {"type": "Ready", "status": "%s", "reason": "%s", "message": "it says so"}]}
                """
                        .formatted(ready, reason));
    }

    private WaitFor ready() {
        return new WaitFor(Subject.node(node), "Ready", "True");
    }

    /** Does it in a thread of its own; the test goes on meanwhile. */
    private CompletableFuture<End> begin(KubernetesAction action) {
        var work = cluster.work(1, Mode.APPLY, 1, new Step.Kubernetes(action, null));
        var end = new CompletableFuture<End>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        end.complete(cluster.executor.execute(work, cluster.said));
                    } catch (InterruptedException | RuntimeException e) {
                        end.completeExceptionally(e);
                    }
                });
        return end;
    }

    @Test
    void a_node_is_waited_for_until_it_is_there_and_ready() throws Exception {
        var end = begin(ready());
        cluster.said.await("Node " + node + " does not exist");
        makeNode();
        cluster.said.await("has no condition Ready");
        report("False", "Starting");
        cluster.said.await("Ready is False, Starting: it says so");
        report("True", "Started");
        assertEquals(new End.Completed(), end.get());
        assertEquals("finished 0.1 Changed", cluster.said.calls.getLast());
    }

    @Test
    void what_is_so_already_is_not_waited_for() throws Exception {
        makeNode();
        report("True", "Started");
        assertEquals(new Unchanged(), cluster.perform(1, ready()));
        var exists = new WaitFor(Subject.node(node), null, "True");
        assertEquals(new Unchanged(), cluster.perform(1, exists));
    }

    @Test
    void when_time_is_over_the_failure_says_what_was_seen_last() throws Exception {
        makeNode();
        report("False", "DiskPressure");
        cluster.limit = Duration.ofMillis(500);
        var failure = cluster.failure(ready());
        assertEquals("step-timeout", failure.code());
        assertTrue(failure.reason().contains("Ready is False, DiskPressure"), failure::reason);
    }

    @Test
    void a_rollout_is_waited_for_and_says_how_far_it_is() throws Exception {
        cluster.make(DEPLOYMENT);
        var path = "/apis/apps/v1/namespaces/" + cluster.namespace + "/deployments/web";
        var end = begin(new Rollout(Workload.DEPLOYMENT, "web", cluster.namespace));
        cluster.said.await("its latest change was not looked at yet");
        cluster.report(
                path, "{\"observedGeneration\": 1, \"replicas\": 3, \"updatedReplicas\": 2}");
        cluster.said.await("2 of 3 replicas updated");
        cluster.report(
                path,
                """
                {"replicas": 3, "updatedReplicas": 3, "readyReplicas": 3, "availableReplicas": 3}
                """);
        assertEquals(new End.Completed(), end.get());
    }

    @Test
    void a_wish_to_kill_ends_the_waiting_and_a_wish_to_stop_does_not() throws Exception {
        var end = begin(ready());
        cluster.said.await("does not exist");
        cluster.said.wish(Wish.STOP);
        makeNode();
        cluster.said.await("has no condition Ready");
        cluster.said.wish(Wish.KILL);
        assertEquals(new End.Cancelled(0), end.get());
        assertEquals("finished 0.1 Failed", cluster.said.calls.getLast());
    }

    @Test
    void with_a_wish_nothing_is_begun() throws Exception {
        cluster.said.wish(Wish.STOP);
        assertEquals(new End.Cancelled(0), begin(ready()).get());
        assertEquals(List.of(), cluster.said.calls);
    }

    @Test
    void a_daemon_that_stops_leaves_off_at_once() throws Exception {
        var work = cluster.work(1, Mode.APPLY, 1, new Step.Kubernetes(ready(), null));
        var stopped = new CompletableFuture<String>();
        var thread =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                stopped.complete(
                                        cluster.executor.execute(work, cluster.said).toString());
                            } catch (InterruptedException e) {
                                stopped.complete("interrupted");
                            }
                        });
        cluster.said.await("does not exist");
        thread.interrupt();
        assertEquals("interrupted", stopped.get());
    }

    @Test
    void a_lost_claim_ends_the_waiting() throws Exception {
        var lost = new IllegalStateException("lost");
        var end = begin(ready());
        cluster.said.await("does not exist");
        cluster.said.loseClaim(lost);
        var thrown = assertThrows(ExecutionException.class, end::get);
        assertEquals(lost, thrown.getCause());
    }
}
