package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.Config;
import io.quartermaster.step.Failure;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.KubernetesAction.Cordon;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.KubernetesAction.WaitFor;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Work.Mode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster it is, and what happens when it does not let us in. */
class AccessTest {
    private final Map<String, String> secrets = new HashMap<>();
    private final Clusters clusters =
            new Clusters(name -> Optional.ofNullable(secrets.get(name)), () -> Config.empty());
    Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster();
        cluster.executor = Cluster.executor(clusters);
    }

    @AfterEach
    void stop() {
        clusters.close();
        cluster.close();
    }

    private End execute(KubernetesAction action, @Nullable String secret) throws Exception {
        var work = cluster.work(1, Mode.APPLY, 1, new Step.Kubernetes(action, secret));
        return cluster.executor.execute(work, cluster.said);
    }

    private Failure failure(@Nullable String secret) throws Exception {
        var stopped = assertInstanceOf(End.Stopped.class, execute(new Cordon("n1"), secret));
        return assertInstanceOf(StepResult.Failed.class, stopped.result()).failure();
    }

    @Test
    void a_kubeconfig_kept_as_a_secret_names_the_cluster() throws Exception {
        secrets.put("blue", cluster.server.kubeconfig(ApiServer.ADMIN_TOKEN));
        var there =
                new WaitFor(new Subject("v1", "Namespace", cluster.namespace, null), null, "True");
        assertEquals(new End.Completed(), execute(there, "blue"));
    }

    @Test
    void without_any_cluster_the_failure_says_how_to_give_one() throws Exception {
        var failure = failure(null);
        assertEquals("cluster-unknown", failure.code());
        assertTrue(failure.remedy().contains("KUBECONFIG"));
        assertThrows(IllegalStateException.class, clusters::own);
    }

    @Test
    void a_secret_that_is_missing_or_no_kubeconfig_is_a_failure_that_does_not_show_it()
            throws Exception {
        assertEquals("secret-unknown", failure("blue").code());
        for (var text : new String[] {"hunter2", "{hunter2", "kind: Config\nhunter2: [", ""}) {
            secrets.put("blue", text);
            var failure = failure("blue");
            assertEquals("kubeconfig-invalid", failure.code(), text);
            assertFalse(failure.toString().contains("hunter2"));
        }
    }

    @Test
    void who_may_not_is_told_which_verb_on_what_is_missing() throws Exception {
        secrets.put("blue", cluster.server.kubeconfig(ApiServer.USER_TOKEN));
        var failure = failure("blue");
        assertEquals("cluster-forbidden", failure.code());
        assertTrue(failure.reason().contains("\"tester\" cannot get resource \"nodes\""));
    }

    @Test
    void who_is_not_known_is_told_so() throws Exception {
        secrets.put("blue", cluster.server.kubeconfig("no-token"));
        var failure = failure("blue");
        assertEquals("cluster-unauthorized", failure.code());
        assertTrue(failure.reason().contains("GET Node n1"), failure::reason);
        assertFalse(failure.toString().contains("no-token"));
    }

    @Test
    void a_client_is_kept_as_long_as_its_secret_is_the_same() throws Exception {
        secrets.put("blue", cluster.server.kubeconfig(ApiServer.ADMIN_TOKEN));
        try (var first = clusters.open("blue");
                var second = clusters.open("blue")) {
            assertSame(first.client(), second.client());
            secrets.put("blue", cluster.server.kubeconfig(ApiServer.USER_TOKEN));
            try (var renewed = clusters.open("blue")) {
                assertNotSame(first.client(), renewed.client());
            }
            var namespace = first.client().namespaces().withName(cluster.namespace);
            assertNotNull(namespace.get(), "it is not closed while it is used");
        }
    }

    @Test
    void an_api_server_that_is_away_is_no_failure_of_the_step(@TempDir Path directory)
            throws Exception {
        try (var server = ApiServer.start(directory)) {
            secrets.put("blue", server.kubeconfig(ApiServer.ADMIN_TOKEN));
            var there = new WaitFor(new Subject("v1", "Node", "n1", null), null, "True");
            var end = new CompletableFuture<End>();
            Thread.startVirtualThread(
                    () -> {
                        try {
                            end.complete(execute(there, "blue"));
                        } catch (Exception e) {
                            end.completeExceptionally(e);
                        }
                    });
            cluster.said.await("Node n1 does not exist");
            server.stopApi();
            var away = assertInstanceOf(End.Unreachable.class, end.get());
            assertEquals("cluster-unreachable", away.failure().code());
            assertTrue(away.failure().reason().contains("127.0.0.1:"), away.failure()::reason);
            assertFalse(cluster.said.calls.toString().contains("finished"));

            server.restartApi();
            try (var client = server.client()) {
                client.resource("---\n{apiVersion: v1, kind: Node, metadata: {name: n1}}").create();
            }
            assertEquals(new End.Completed(), execute(there, "blue"));
        }
    }
}
