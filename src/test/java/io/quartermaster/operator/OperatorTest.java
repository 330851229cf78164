package io.quartermaster.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Ownership;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.KubeBinaries;
import io.quartermaster.manifest.Kind;
import io.quartermaster.rest.EmptyDatabase;
import io.quartermaster.view.machine.Machines;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Who may change what by which door, and how resources go. */
@EnabledIf(
        value = "io.quartermaster.kube.KubeBinaries#areHere",
        disabledReason = KubeBinaries.MISSING)
@QuarkusTest
@TestProfile(OnKubernetes.class)
@QuarkusTestResource(EmptyDatabase.class)
class OperatorTest {
    private final ApiServer server = ApiServer.shared();
    private KubernetesClient client;
    private String namespace;

    @Inject Dispatcher dispatcher;
    @Inject Aggregates aggregates;
    @Inject Machines machines;

    @BeforeEach
    void openANamespace() throws Exception {
        client = server.client();
        namespace = server.newNamespace(client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void apply(String text) throws Exception {
        apply(namespace, text);
    }

    private void apply(String where, String text) throws Exception {
        var file = Files.createTempFile("applied", ".yaml");
        Files.writeString(file, "apiVersion: quartermaster.io/v1alpha1\n" + text);
        server.kubectl("apply", "-n", where, "-f", file.toString());
        Files.delete(file);
    }

    private static String plan(String name, String apply) {
        return ("kind: ProvisioningPlan\nmetadata: {name: %s}\n"
                        + "spec: {steps: [{name: a, command: {apply: %s}}]}")
                .formatted(name, apply);
    }

    private static String volume(String name, String label) {
        return "kind: Volume\nmetadata: {name: %s, labels: {%s}}\nspec: {size: 1Gi, tier: ssd}"
                .formatted(name, label);
    }

    private static String machineClass(String name, String pool) {
        return "kind: MachineClass\nmetadata: {name: %s}\nspec: {provider: inventory, selector: {pool: %s}}"
                .formatted(name, pool);
    }

    private static Order defining(String name, String pool) {
        var spec = new MachineClass.Spec("inventory", Map.of("pool", pool), 0, Map.of());
        return new Order(
                Kind.MACHINE_CLASS.stream(name), "", new MachineClass.Command.Define(spec));
    }

    private void send(Order order) {
        dispatcher.send(order, Ask.by("test", UUID.randomUUID()));
    }

    private String said(String what, String condition) throws Exception {
        return said(namespace, what, condition);
    }

    private String said(String where, String what, String condition) throws Exception {
        var path =
                "jsonpath={range .status.conditions[?(@.type==\"%s\")]}{.status} {.reason} {.message}{end}"
                        .formatted(condition);
        return server.tryKubectl("get", "-n", where, what, "-o", path).text();
    }

    private interface Question {
        String ask() throws Exception;
    }

    private static void await(String expected, Question question) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        var answer = question.ask();
        while (!answer.contains(expected)) {
            assertTrue(System.nanoTime() < end, "not '" + expected + "' but " + answer);
            TimeUnit.MILLISECONDS.sleep(200);
            answer = question.ask();
        }
    }

    private Ownership owner(Kind kind, String name) {
        return aggregates.load(Ownership.of(kind.stream(name)), Ownership.class).state();
    }

    @Test
    void what_another_door_made_is_taken_over_only_when_it_is_equal_or_the_resource_says_so()
            throws Exception {
        send(defining("twice-made", "a"));
        apply(machineClass("twice-made", "b"));
        await("True AlreadyExists", () -> said("machineclass/twice-made", "Stalled"));
        assertEquals(new Ownership.Free(), owner(Kind.MACHINE_CLASS, "twice-made"));

        server.kubectl("annotate", "machineclass/twice-made", "quartermaster.io/adopt=true");
        await("True", () -> said("machineclass/twice-made", "Ready"));
        assertTrue(owner(Kind.MACHINE_CLASS, "twice-made") instanceof Ownership.Owned);

        send(defining("equally-made", "a"));
        apply(machineClass("equally-made", "a"));
        await("True", () -> said("machineclass/equally-made", "Ready"));
    }

    @Test
    void of_two_namespaces_with_the_same_name_the_first_owns_it_and_the_other_is_told()
            throws Exception {
        apply(plan("named-twice", "one"));
        await("True", () -> said("provisioningplan/named-twice", "Ready"));
        var other = server.newNamespace(client);
        apply(other, plan("named-twice", "two"));
        await(
                "ProvisioningPlan " + namespace + "/named-twice",
                () -> said(other, "provisioningplan/named-twice", "Stalled"));
        // The other one must not get what is news of the first.
        apply(plan("named-twice", "three"));
        await("2", () -> revision("named-twice"));

        server.kubectl("delete", "-n", namespace, "provisioningplan/named-twice");
        await("True", () -> said(other, "provisioningplan/named-twice", "Ready"));
    }

    @Test
    void a_namespace_decides_whose_the_things_in_it_are() throws Exception {
        server.kubectl("label", "namespace", namespace, "quartermaster.io/tenant=landlord");
        apply(volume("of-landlord", ""));
        await("True", () -> said("volume/of-landlord", "Ready"));
        apply(volume("of-another", "quartermaster.io/tenant: another"));
        await("landlord", () -> said("volume/of-another", "Stalled"));
    }

    @Test
    void what_is_used_stays_until_it_is_not_and_says_by_whom() throws Exception {
        apply(plan("in-use", "one"));
        apply(machineClass("in-use", "none-has-it"));
        apply(
                "kind: MachineDeployment\nmetadata: {name: user}\n"
                        + "spec: {replicas: 0, template: {class: in-use, plan: in-use}}");
        await("True", () -> said("machinedeployment/user", "Available"));
        server.kubectl("delete", "-n", namespace, "--wait=false", "provisioningplan/in-use");
        await("used by user", () -> said("provisioningplan/in-use", "Deleting"));

        server.kubectl("delete", "-n", namespace, "machinedeployment/user");
        await("NotFound", () -> said("provisioningplan/in-use", "Deleting"));
        assertEquals(new Ownership.Free(), owner(Kind.PROVISIONING_PLAN, "in-use"));
    }

    @Test
    void a_tenant_that_has_something_is_closed_only_by_force_and_the_log_says_by_whom()
            throws Exception {
        apply("kind: Tenant\nmetadata: {name: owner}\nspec: {currency: EUR, timeZone: UTC}");
        apply(volume("owned", "quartermaster.io/tenant: owner"));
        await("True", () -> said("volume/owned", "Ready"));
        server.kubectl("delete", "--wait=false", "tenant.quartermaster.io/owner");
        await("TenantInUse", () -> said("tenant.quartermaster.io/owner", "Deleting"));

        server.kubectl(
                "annotate", "tenant.quartermaster.io/owner", "quartermaster.io/force-release=left");
        await("NotFound", () -> said("tenant.quartermaster.io/owner", "Deleting"));
        var history = aggregates.history(Kind.TENANT.stream("owner"), 1, 100).toString();
        assertTrue(history.contains("forced by kubectl"), history);
    }

    private String revision(String plan) throws Exception {
        var what = "provisioningplan/" + plan;
        var path = "jsonpath={.status.revision}";
        return server.tryKubectl("get", "-n", namespace, what, "-o", path).text();
    }

    @Test
    void who_writes_a_machine_object_gets_at_no_machine_of_another_namespace() throws Exception {
        apply(plan("guarded", "one"));
        apply(machineClass("guarded", "none-has-it"));
        apply(
                "kind: MachineDeployment\nmetadata: {name: guarded}\n"
                        + "spec: {replicas: 1, template: {class: guarded, plan: guarded}}");
        await("guarded-", () -> server.kubectl("get", "qmm", "-n", namespace));
        var machine = machines.allOf("guarded").getFirst().id();
        var other = server.newNamespace(client);
        apply(
                other,
                "kind: Machine\nmetadata: {name: %s}\n".formatted(machine)
                        + "spec: {tenant: x, deployment: guarded, class: x, plan: x, planRevision: 1}");
        await("NotFound", () -> said(other, "machine.quartermaster.io/" + machine, "Ready"));
        assertNull(machines.get(machine).orElseThrow().releaseReason());
        await("1", () -> server.kubectl("get", "qmd", "-n", namespace));
    }

    @Test
    void an_object_that_is_nested_without_end_disturbs_no_other() throws Exception {
        Object deep = "bottom";
        for (int level = 0; level < 1500; level++) deep = List.of(deep);
        var nested = new GenericKubernetesResource();
        nested.setApiVersion("quartermaster.io/v1alpha1");
        nested.setKind("Host");
        nested.setMetadata(
                new ObjectMetaBuilder().withName("nested").withNamespace(namespace).build());
        var credentials = Map.of("agent", true);
        nested.setAdditionalProperty(
                "spec",
                Map.of(
                        "address",
                        "192.0.2.9",
                        "user",
                        "deploy",
                        "credentials",
                        credentials,
                        "variables",
                        Map.of("deep", deep)));
        tryToCreate(nested);
        apply(plan("not-nested", "one"));
        await("True", () -> said("provisioningplan/not-nested", "Ready"));
    }

    /** With a writer whose own limit is no obstacle. */
    private void tryToCreate(GenericKubernetesResource resource) throws Exception {
        var limits = StreamWriteConstraints.builder().maxNestingDepth(10_000).build();
        var json = new ObjectMapper(JsonFactory.builder().streamWriteConstraints(limits).build());
        var file = Files.createTempFile("nested", ".json");
        json.writeValue(file.toFile(), resource);
        server.kubectl("create", "--validate=false", "-f", file.toString());
        Files.delete(file);
    }

    @Test
    void people_find_what_happened_among_the_events() throws Exception {
        apply(plan("told-about", "one"));
        await("Ready", () -> server.kubectl("get", "events", "-n", namespace));
        apply(plan("told-about", "\"{nobody}\""));
        await("Warning", () -> server.kubectl("get", "events", "-n", namespace));
    }
}
