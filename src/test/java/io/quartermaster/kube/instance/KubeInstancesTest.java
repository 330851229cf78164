package io.quartermaster.kube.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.Clusters;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Instance.Kind;
import io.quartermaster.machine.Instance.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods on a real API server; the test writes what a scheduler and a kubelet would. */
class KubeInstancesTest {
    private static final String BODY =
            """
            {"metadata": {"labels": {"app": "web", "app.kubernetes.io/managed-by": "me"},
                          "annotations": {"note": "kept"}},
             "spec": {"terminationGracePeriodSeconds": 0,
                      "containers": [{"name": "web", "image": "registry.example/web:1"}]}}""";

    private final ApiServer server = ApiServer.shared();
    private KubernetesClient client;
    private Place place;
    private Instances instances;

    @BeforeEach
    void connect() throws IOException {
        client = server.client();
        place = new Place(Kind.POD, null, server.newNamespace(client));
        instances = new KubeInstances(any -> client, "here");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Instance instance(String name) {
        return new Instance(place, name, null);
    }

    private Pod pod(String name) {
        return client.pods().inNamespace(place.namespace()).withName(name).get();
    }

    private void status(String name, String status) {
        var pod = pod(name);
        pod.setStatus(
                client.getKubernetesSerialization().unmarshal("---\n" + status, PodStatus.class));
        client.resource(pod).updateStatus();
    }

    @Test
    void a_pod_is_made_as_its_template_says_and_labelled_with_its_machine() {
        assertInstanceOf(State.Pending.class, instances.make(instance("web-1"), BODY));

        var pod = pod("web-1");
        assertEquals(
                Map.of(
                        "app", "web",
                        "quartermaster.io/machine", "web-1",
                        "quartermaster.io/installation", "here",
                        "app.kubernetes.io/managed-by", "quartermaster"),
                pod.getMetadata().getLabels());
        assertEquals("Never", pod.getSpec().getRestartPolicy());
        assertEquals("kept", pod.getMetadata().getAnnotations().get("note"));
        assertEquals("registry.example/web:1", pod.getSpec().getContainers().getFirst().getImage());
    }

    @Test
    void a_pod_that_is_there_is_not_made_again() {
        instances.make(instance("web-1"), BODY);
        var uid = pod("web-1").getMetadata().getUid();

        var again = instances.make(instance("web-1"), BODY);

        assertEquals(uid, assertInstanceOf(State.Pending.class, again).uid());
        assertEquals(Set.of("web-1"), instances.list(place).keySet());
    }

    @Test
    void a_pod_runs_when_it_is_ready_and_has_an_address() {
        instances.make(instance("web-1"), BODY);
        status("web-1", "{phase: Running, podIP: 10.0.0.7}");
        assertInstanceOf(State.Pending.class, instances.look(instance("web-1")));

        status(
                "web-1",
                "{phase: Running, podIP: 10.0.0.7, conditions: [{type: Ready, status: 'True'}]}");

        var uid = pod("web-1").getMetadata().getUid();
        var running = new State.Running(uid, "10.0.0.7", "");
        assertEquals(running, instances.look(instance("web-1")));
        assertEquals(Map.of("web-1", running), instances.list(place));
    }

    @Test
    void why_a_pod_does_not_start_is_told() {
        instances.make(instance("web-1"), BODY);
        status(
                "web-1",
                """
                {phase: Pending, conditions: [{type: PodScheduled, status: 'False',
                 reason: Unschedulable, message: '0/3 nodes are available: 3 Insufficient cpu.'}]}""");
        var unscheduled =
                assertInstanceOf(State.Pending.class, instances.look(instance("web-1"))).why();
        assertEquals("pod-unschedulable", unscheduled.code());
        assertTrue(unscheduled.reason().endsWith("0/3 nodes are available: 3 Insufficient cpu."));

        status(
                "web-1",
                """
                {phase: Pending, containerStatuses: [{name: web, image: x, imageID: '', ready: false,
                 restartCount: 0, state: {waiting: {reason: ImagePullBackOff, message: no such}}}]}""");

        var waiting =
                assertInstanceOf(State.Pending.class, instances.look(instance("web-1"))).why();
        assertEquals("container-waiting", waiting.code());
        assertTrue(waiting.reason().endsWith("waits: ImagePullBackOff: no such"), waiting.reason());
    }

    @Test
    void a_pod_that_ended_has_failed_and_says_with_what() {
        instances.make(instance("web-1"), BODY);

        status(
                "web-1",
                """
                {phase: Failed, reason: Evicted, message: disk pressure,
                 containerStatuses: [{name: web, image: x, imageID: '', ready: false,
                 restartCount: 0, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]}""");

        var failed = assertInstanceOf(State.Failed.class, instances.look(instance("web-1")));
        assertTrue(
                failed.why()
                        .reason()
                        .endsWith(
                                "(Failed): Evicted: disk pressure;"
                                        + " container web ended with 137 (OOMKilled)"),
                failed.why().reason());
    }

    @Test
    void a_pod_is_gone_only_when_it_is() {
        instances.make(
                instance("web-1"),
                BODY.replace("{\"term", "{\"nodeName\": \"n\", \"term")
                        .replace("Seconds\": 0", "Seconds\": 30"));
        instances.remove(instance("web-1"));
        assertInstanceOf(State.Leaving.class, instances.look(instance("web-1")));
        instances.remove(instance("web-1"));

        client.resource(pod("web-1")).withGracePeriod(0).delete();

        assertEquals(new State.Gone(), instances.look(instance("web-1")));
        instances.remove(instance("web-1"));
        assertEquals(Map.of(), instances.list(place));
    }

    @Test
    void what_others_made_is_neither_seen_nor_touched() {
        new KubeInstances(any -> client, "elsewhere").make(instance("web-1"), BODY);

        var taken =
                assertThrows(InstanceFailure.class, () -> instances.make(instance("web-1"), BODY));
        assertEquals("instance-name-taken", taken.failure().code());
        assertEquals(new State.Gone(), instances.look(instance("web-1")));
        assertEquals(Map.of(), instances.list(place));
        instances.remove(instance("web-1"));
        assertNotNull(pod("web-1"));
    }

    @Test
    void a_pod_with_our_labels_that_a_controller_made_is_not_ours() {
        instances.make(instance("web-1"), BODY);
        var pod = pod("web-1");
        var copy =
                new PodBuilder()
                        .withNewMetadata()
                        .withName("web-1-copy")
                        .withNamespace(place.namespace())
                        .withLabels(pod.getMetadata().getLabels())
                        .endMetadata()
                        .withSpec(pod.getSpec())
                        .build();
        client.resource(copy).create();

        assertEquals(Set.of("web-1"), instances.list(place).keySet());
    }

    @Test
    void one_that_has_lost_its_labels_is_known_by_its_uid() {
        instances.make(instance("web-1"), BODY);
        var uid = pod("web-1").getMetadata().getUid();
        client.pods()
                .inNamespace(place.namespace())
                .withName("web-1")
                .edit(
                        pod ->
                                new PodBuilder(pod)
                                        .editMetadata()
                                        .withLabels(Map.of())
                                        .endMetadata()
                                        .build());

        assertInstanceOf(State.Pending.class, instances.look(instance("web-1").seenAs(uid)));
        instances.remove(instance("web-1").seenAs(uid));

        assertNull(pod("web-1"));
    }

    @Test
    void a_name_that_is_too_long_for_a_label_is_a_name_all_the_same() {
        var name = "a".repeat(62) + "-b1234567";
        instances.make(instance(name), BODY);
        assertEquals(Set.of(name), instances.list(place).keySet());
    }

    @Test
    void a_template_that_the_cluster_refuses_is_told_with_its_words() {
        var body = BODY.replace("\"name\": \"web\", ", "");
        var refused =
                assertThrows(InstanceFailure.class, () -> instances.make(instance("web-1"), body));
        assertEquals("instance-invalid", refused.failure().code());
        assertTrue(
                refused.failure().reason().contains("spec.containers[0].name: Required value"),
                refused.failure().reason());
    }

    @Test
    void a_namespace_that_is_not_there_is_told() {
        var nowhere = new Instance(new Place(Kind.POD, null, "nowhere"), "web-1", null);
        var failed =
                assertThrows(InstanceFailure.class, () -> instances.make(nowhere, BODY)).failure();
        assertEquals("cluster-error", failed.code());
        assertTrue(failed.reason().contains("namespaces \"nowhere\" not found"), failed.reason());
    }

    @Test
    void what_is_not_allowed_is_told_with_verb_and_resource() throws IOException {
        try (var tester = server.client(ApiServer.USER_TOKEN)) {
            var stranger = new KubeInstances(any -> tester, "here");
            var failed = assertThrows(InstanceFailure.class, () -> stranger.list(place)).failure();
            assertEquals("cluster-forbidden", failed.code());
            assertTrue(failed.reason().contains("cannot list resource \"pods\""), failed.reason());
        }
    }

    @Test
    void a_cluster_that_is_away_is_a_failure_and_never_nothing(@TempDir Path directory)
            throws IOException {
        try (var other = ApiServer.start(directory);
                var away = impatient(other)) {
            other.stopApi();
            var silent = new KubeInstances(any -> away, "here");
            var failed = assertThrows(InstanceFailure.class, () -> silent.look(instance("web-1")));
            assertEquals("cluster-unreachable", failed.failure().code());
            assertThrows(InstanceFailure.class, () -> silent.list(place));
        }
    }

    /** One that does not try again for half a minute. */
    private static KubernetesClient impatient(ApiServer server) throws IOException {
        var config = Config.fromKubeconfig(server.kubeconfig(ApiServer.ADMIN_TOKEN));
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Test
    void a_cluster_without_a_way_to_it_is_a_failure_that_says_so() {
        try (var clusters = new Clusters(secret -> Optional.empty())) {
            var instances = KubeInstances.in(clusters, "here");
            var place = new Place(Kind.POD, "clusters/east", "default");
            var failed = assertThrows(InstanceFailure.class, () -> instances.list(place));
            assertTrue(failed.failure().reason().contains("clusters/east"), failed::getMessage);
        }
    }
}
