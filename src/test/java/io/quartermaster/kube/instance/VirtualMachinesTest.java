package io.quartermaster.kube.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.machine.Instance;
import io.quartermaster.machine.Instance.Kind;
import io.quartermaster.machine.Instance.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KubeVirt's kinds on a real API server; the test plays KubeVirt, whose controllers are not. */
class VirtualMachinesTest {
    private static final String BODY =
            "{\"template\": {\"spec\": {\"domain\": {\"devices\": {}}}}}";
    private static final String KIND =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %2$s.kubevirt.io}
            spec:
              group: kubevirt.io
              scope: Namespaced
              names: {kind: %1$s, plural: %2$s}
              versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  schema:
                    openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    private final ApiServer server = ApiServer.shared();
    private KubernetesClient client;
    private Place place;
    private Instances instances;

    @BeforeEach
    void connect() throws IOException {
        client = server.client();
        install(client, "VirtualMachine", "virtualmachines");
        install(client, "VirtualMachineInstance", "virtualmachineinstances");
        place = new Place(Kind.VIRTUAL_MACHINE, null, server.newNamespace(client));
        instances = new KubeInstances(any -> client, "here");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static void install(KubernetesClient client, String kind, String plural) {
        client.load(
                        new ByteArrayInputStream(
                                KIND.formatted(kind, plural).getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(plural + ".kubevirt.io")
                .waitUntilCondition(
                        crd ->
                                crd != null
                                        && crd.getStatus() != null
                                        && crd.getStatus().getConditions().stream()
                                                .anyMatch(
                                                        each ->
                                                                each.getType().equals("Established")
                                                                        && each.getStatus()
                                                                                .equals("True")),
                        30,
                        TimeUnit.SECONDS);
    }

    private Instance instance() {
        return new Instance(place, "web-1", null);
    }

    private GenericKubernetesResource machine() {
        return client.genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace(place.namespace())
                .withName("web-1")
                .get();
    }

    private void status(String text) {
        var machine = machine();
        machine.setAdditionalProperty(
                "status", client.getKubernetesSerialization().unmarshal("---\n" + text, Map.class));
        client.resource(machine).updateStatus();
    }

    private void runs(String status) {
        var text =
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstance
                metadata: {name: web-1, namespace: %s}
                """
                        .formatted(place.namespace());
        var running = client.resource(text).create();
        var generic = (GenericKubernetesResource) running;
        generic.setAdditionalProperty(
                "status",
                client.getKubernetesSerialization().unmarshal("---\n" + status, Map.class));
        client.resource(generic).updateStatus();
    }

    @Test
    void a_virtual_machine_is_made_labelled_and_always_runs() {
        assertInstanceOf(State.Pending.class, instances.make(instance(), BODY));

        assertEquals("Always", machine().get("spec", "runStrategy"));
        assertEquals("web-1", machine().getMetadata().getLabels().get("quartermaster.io/machine"));
        assertEquals(Map.of("web-1", instances.look(instance())), instances.list(place));
    }

    @Test
    void one_that_says_itself_when_it_runs_is_left_to_it() {
        instances.make(instance(), BODY.replace("{\"temp", "{\"running\": true, \"temp"));
        assertFalse(instances.list(place).isEmpty());
        assertNull(machine().<Object>get("spec", "runStrategy"));
    }

    @Test
    void it_runs_when_its_instance_has_an_address() {
        instances.make(instance(), BODY);
        runs("{phase: Running, nodeName: n1, interfaces: [{ipAddress: 10.0.0.9, name: default}]}");

        var running = new State.Running(machine().getMetadata().getUid(), "10.0.0.9", "n1");
        assertEquals(running, instances.look(instance()));
        assertEquals(Map.of("web-1", running), instances.list(place));
    }

    @Test
    void why_it_does_not_run_is_told() {
        instances.make(instance(), BODY);
        status(
                """
                {printableStatus: ErrorUnschedulable,
                 conditions: [{type: Failure, status: 'True', message: no node has /dev/kvm}]}""");

        var why = assertInstanceOf(State.Pending.class, instances.look(instance())).why();

        assertTrue(why.reason().endsWith("is ErrorUnschedulable: no node has /dev/kvm"));
    }

    @Test
    void it_is_gone_when_it_was_removed() {
        instances.make(instance(), BODY);
        instances.remove(instance());
        assertEquals(new State.Gone(), instances.look(instance()));
    }

    @Test
    void a_cluster_without_kubevirt_says_so(@TempDir Path directory) throws IOException {
        try (var other = ApiServer.start(directory);
                var plain = other.client()) {
            var none = new KubeInstances(any -> plain, "here");
            var there = new Instance(new Place(place.kind(), null, "default"), "web-1", null);
            for (var call :
                    List.<Runnable>of(
                            () -> none.make(there, BODY),
                            () -> none.look(there),
                            () -> none.remove(there),
                            () -> none.list(there.place()))) {
                var failed = assertThrows(InstanceFailure.class, call::run).failure();
                assertEquals("kubevirt-missing", failed.code());
            }
        }
    }
}
