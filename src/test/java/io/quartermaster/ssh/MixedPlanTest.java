package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.Clusters;
import io.quartermaster.kube.KubeExecutor;
import io.quartermaster.kube.Sources;
import io.quartermaster.runner.ByPlace;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A host joins a cluster: a real SSH server and a real API server, in one run. */
class MixedPlanTest {
    private static final Sources NONE =
            new Sources() {
                @Override
                public Path file(String name) throws IOException {
                    throw new IOException("nothing may be read");
                }

                @Override
                public Path directory(String name) throws IOException {
                    throw new IOException("nothing may be read");
                }
            };

    @TempDir(cleanup = CleanupMode.NEVER)
    Path home;

    private static Step kube(KubernetesAction action) {
        return new Step.Kubernetes(action, "cluster");
    }

    @Test
    void a_host_is_set_up_over_ssh_and_its_node_waited_for_labelled_and_uncordoned()
            throws Exception {
        var server = ApiServer.shared();
        var kubeconfig = server.kubeconfig(ApiServer.ADMIN_TOKEN);
        try (var sshd = TestSshServer.start(home);
                var client = server.client();
                var clusters = new Clusters(name -> Optional.of(kubeconfig))) {
            var node = "mixed-" + server.newNamespace(client);
            var work = join(sshd.target(), node);
            var journal = new RecordingJournal();
            var kube = new KubeExecutor(clusters, NONE, "", InstantSource.system());
            var executor = new ByPlace(Works.executor(), kube::execute);
            var end = new CompletableFuture<End>();
            Works.start(() -> end.complete(executor.execute(work, journal)));
            journal.await(said -> said.output(1).contains("Node " + node + " does not exist"));
            assertTrue(Files.exists(home.resolve("joining")));
            assertFalse(Files.exists(home.resolve("done")));
            client.resource(
                            """
                            apiVersion: v1
                            kind: Node
                            metadata: {name: %s}
                            spec: {unschedulable: true}
                            """
                                    .formatted(node))
                    .create();

            assertEquals(new End.Completed(), end.get());
            var live = client.nodes().withName(node).get();
            assertEquals("a", live.getMetadata().getLabels().get("pool"));
            assertFalse(Boolean.TRUE.equals(live.getSpec().getUnschedulable()));
            assertTrue(Files.exists(home.resolve("done")));
            assertEquals(
                    List.of("finished 0.1 Changed", "finished 4.1 Changed"),
                    List.of(finished(journal).getFirst(), finished(journal).getLast()));
            assertEquals(5, finished(journal).size());
        }
    }

    private static Work join(Target host, String node) {
        return Works.work(
                host,
                1,
                1,
                Works.command("test -e joining", "touch joining"),
                kube(new KubernetesAction.WaitFor(Subject.node(node), null, "True")),
                kube(
                        new KubernetesAction.Label(
                                Subject.node(node), Map.of("pool", "a"), List.of())),
                kube(new KubernetesAction.Uncordon(node)),
                Works.command("test -e done", "touch done"));
    }

    private static List<String> finished(RecordingJournal journal) {
        return journal.said.stream().filter(each -> each.startsWith("finished")).toList();
    }
}
