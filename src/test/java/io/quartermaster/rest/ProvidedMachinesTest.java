package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quartermaster.engine.EventLog;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.schedule.Reconciliation;
import io.quartermaster.ssh.OpenSshd;
import io.quartermaster.view.CaughtUp;
import io.quartermaster.view.usage.Usage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole daemon makes machines as Pods of a real API server and provisions them over a real
 * sshd; the test plays scheduler and kubelet.
 */
@QuarkusTest
@TestProfile(ProvidedMachinesTest.WithRunner.class)
class ProvidedMachinesTest {
    private static final Path KEYS = Path.of("target", "keys-of-pods").toAbsolutePath();
    private static final long A_WHILE = 60;

    private static KubernetesClient client;
    private static OpenSshd sshd;
    private static String namespace;

    /** The daemon runs steps, and may read the keys. */
    public static final class WithRunner implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quartermaster.runner.total", "10", "quartermaster.key-dirs", KEYS.toString());
        }
    }

    @TestHTTPResource("/")
    URI root;

    @Inject Reconciliation reconciliation;
    @Inject Usage usage;
    @Inject CaughtUp views;
    @Inject EventLog log;

    @BeforeAll
    static void cluster() throws IOException, InterruptedException {
        var server = ApiServer.shared();
        Files.createDirectories(KEYS);
        var directory = Files.createTempDirectory(KEYS, "sshd");
        sshd = OpenSshd.start(directory, Files.createDirectory(directory.resolve("home")));
        sshd.allow("user");
        var kubeconfig = Files.createTempFile(KEYS, "kubeconfig", "");
        Files.writeString(kubeconfig, server.kubeconfig(ApiServer.ADMIN_TOKEN));
        // Where the daemon finds its own cluster when a class first asks for it.
        System.setProperty("kubeconfig", kubeconfig.toString());
        client = server.client();
        namespace = server.newNamespace(client);
        client.pods().inNamespace(namespace).inform(new Kubelet());
    }

    @AfterAll
    static void end() throws Exception {
        System.clearProperty("kubeconfig");
        client.close();
        sshd.close();
    }

    /** Every pod runs as soon as it is there, on loopback. */
    private static final class Kubelet implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            pod.setStatus(
                    new PodStatusBuilder()
                            .withPhase("Running")
                            .withPodIP("127.0.0.1")
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus("True")
                            .endCondition()
                            .build());
            client.resource(pod).updateStatus();
        }

        @Override
        public void onUpdate(Pod before, Pod now) {}

        @Override
        public void onDelete(Pod pod, boolean lastStateUnknown) {}
    }

    private static String classOfPods() {
        return """
        apiVersion: quartermaster.io/v1alpha1
        kind: MachineClass
        metadata: {name: pods}
        spec:
          provider: kubernetes
          kubernetes:
            namespace: %s
            pod: {spec: {containers: [{name: sshd, image: registry.example/sshd}]}}
            ssh:
              user: %s
              port: %d
              credentials: {privateKeyFile: "%s"}
        ---
        """
                .formatted(
                        namespace, System.getProperty("user.name"), sshd.port(), sshd.key("user"));
    }

    private static List<String> pods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .map(ProvidedMachinesTest::name)
                .sorted()
                .toList();
    }

    /** Waits until there is exactly one pod, which is not that one, and says which. */
    private static String onlyPodApartFrom(String other) {
        var pods =
                client.pods()
                        .inNamespace(namespace)
                        .informOnCondition(
                                all -> all.size() == 1 && !name(all.getFirst()).equals(other))
                        .orTimeout(A_WHILE, TimeUnit.SECONDS)
                        .join();
        return name(pods.getFirst());
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    /** Has a deployment so many machines, and waits until it is at rest. */
    private static List<String> scaled(Door door, int replicas) {
        var settled =
                door.put("/deployments/shop?wait=" + A_WHILE)
                        .yaml(Manifest.deployment("shop", replicas, "pods", "shop-plan"))
                        .send();
        assertEquals("complete", settled.text("/status/phase"), settled.body());
        var items = door.get("/machines").json().at("/items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(machine -> machine.at("/metadata/name").asText())
                .sorted()
                .toList();
    }

    @Test
    @Timeout(180)
    void machines_come_and_go_with_pods_of_their_own() throws Exception {
        var door = new Door(root);
        var manifest = classOfPods() + Manifest.plan("shop-plan", "true");
        assertEquals(200, door.post("/apply").yaml(manifest).send().status());

        var three = scaled(door, 3);

        assertEquals(3, three.size());
        assertEquals(three, pods());
        var host = door.get("/hosts/" + three.getFirst());
        assertEquals("in use", host.text("/status/phase"), host.body());
        assertEquals("provider:kubernetes", host.text("/status/source"));
        assertEquals(namespace, host.text("/status/instance/place/namespace"));

        var left = scaled(door, 1);
        assertEquals(left, List.of(onlyPodApartFrom("")));
        lostAndReplaced(door, left.getFirst());
        retired(door, three);
    }

    private void lostAndReplaced(Door door, String lost) {
        client.pods().inNamespace(namespace).withName(lost).delete();

        // What is missing twice in a row is lost.
        reconciliation.run();
        reconciliation.run();
        var next = onlyPodApartFrom(lost);
        var replacement = door.get("/machines/" + next + "?wait=" + A_WHILE);

        assertEquals("ready", replacement.text("/status/phase"), replacement.body());
        var machine = door.get("/machines/" + lost);
        assertEquals("released", machine.text("/status/phase"), machine.body());
        assertTrue(machine.text("/status/releaseReason").contains("was removed by somebody else"));
        assertTrue(end(lost).isBefore(FAR));
        assertEquals(FAR, end(next));
    }

    private static final Instant FAR = Instant.now().plus(Duration.ofHours(1));

    /** When the metered use of a machine ends; that of one in use, whenever it is asked up to. */
    private Instant end(String machine) {
        return usage.of("acme", FAR.minus(Duration.ofDays(1)), FAR, FAR).stream()
                .filter(slice -> slice.resource().equals("machine/" + machine))
                .map(slice -> slice.to())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** Their hosts are given up once it is seen that the pods are gone. */
    private void retired(Door door, List<String> machines) throws InterruptedException {
        for (var machine : machines) {
            while (!door.get("/hosts/" + machine).text("/status/phase").equals("retired")) {
                reconciliation.run();
                assertTrue(views.await(log.head(), Duration.ofSeconds(A_WHILE)));
            }
            assertNull(door.get("/hosts/" + machine).json().at("/status/unreachable").textValue());
        }
    }
}
