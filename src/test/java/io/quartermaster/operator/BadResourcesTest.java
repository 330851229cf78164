package io.quartermaster.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.KubeBinaries;
import io.quartermaster.manifest.Kind;
import io.quartermaster.rest.EmptyDatabase;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Whatever is wrong with a custom resource is told at its field, and disturbs no other. */
@EnabledIf(
        value = "io.quartermaster.kube.KubeBinaries#areHere",
        disabledReason = KubeBinaries.MISSING)
@QuarkusTest
@TestProfile(OnKubernetes.class)
@QuarkusTestResource(EmptyDatabase.class)
class BadResourcesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "operator");
    private static final Path FILE = FOLDER.resolve("bad.yaml");
    private static final Path FOUNDATION = FOLDER.resolve("foundation.yaml");
    private static final Path GOOD = FOLDER.resolve("good.yaml");

    private static final List<String> FOUNDATIONS =
            List.of(
                    "machineclass/good",
                    "provisioningplan/good",
                    "provisioningplan/needy",
                    "tenant.quartermaster.io/poor");

    @Inject Dispatcher dispatcher;

    /**
     * A bad resource.
     *
     * @param refused whether the API server does not take it
     * @param named what the answer has to name
     */
    private record Bad(GenericKubernetesResource resource, boolean refused, String named) {

        static Bad read(String text, String namespace) {
            var rule =
                    text.lines()
                            .filter(line -> line.matches("# (refused|stalled) .*"))
                            .findFirst()
                            .orElseThrow()
                            .split(" ");
            var resource = Serialization.unmarshal(text, GenericKubernetesResource.class);
            resource.setApiVersion("quartermaster.io/v1alpha1");
            if (!List.of("Tenant", "MachineClass").contains(resource.getKind())) {
                resource.getMetadata().setNamespace(namespace);
            }
            return new Bad(resource, rule[1].equals("refused"), rule[2]);
        }
    }

    @Test
    void all_are_told_what_is_wrong_and_the_good_one_among_them_is_ready() throws Exception {
        var server = ApiServer.shared();
        try (var client = server.client()) {
            var namespace = server.newNamespace(client);
            layFoundation(server, namespace);
            madeByAnotherDoor("taken");
            var all = new ArrayList<Bad>();
            for (var text : Files.readString(FILE).split("(?m)^---$")) {
                all.add(Bad.read(text, namespace));
            }
            var wrong = new ArrayList<String>();
            var taken = new ArrayList<Bad>();
            for (var bad : all) {
                var answer = answer(client, bad.resource());
                if (answer.isEmpty()) taken.add(bad);
                boolean right = bad.refused() ? answer.contains(bad.named()) : answer.isEmpty();
                if (!right) wrong.add(bad.resource().getMetadata().getName() + ": " + answer);
            }
            assertEquals(List.of(), wrong);
            for (var bad : taken) {
                var message = await(client, bad.resource());
                if (!message.contains(bad.named())) {
                    wrong.add(bad.resource().getMetadata().getName() + ": " + message);
                }
            }
            assertEquals(List.of(), wrong);
            assertTrue(all.size() >= 40, "so many are promised");
            server.kubectl("apply", "-n", namespace, "-f", GOOD.toString());
            server.kubectl(
                    "wait",
                    "-n",
                    namespace,
                    "--for=condition=Available",
                    "--timeout=30s",
                    "machinedeployment/good");
        }
    }

    private static void layFoundation(ApiServer server, String namespace) {
        server.kubectl("apply", "-n", namespace, "-f", FOUNDATION.toString());
        for (var each : FOUNDATIONS) {
            server.kubectl("wait", "-n", namespace, "--for=condition=Ready", "--timeout=30s", each);
        }
    }

    private void madeByAnotherDoor(String machineClass) {
        var spec = new MachineClass.Spec("inventory", Map.of(), 0, Map.of());
        dispatcher.send(
                new Order(
                        Kind.MACHINE_CLASS.stream(machineClass),
                        "",
                        new MachineClass.Command.Define(spec)),
                Ask.by("test", UUID.randomUUID()));
    }

    private static String answer(KubernetesClient client, GenericKubernetesResource resource) {
        try {
            client.resource(resource).create();
            return "";
        } catch (KubernetesClientException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    /** What its condition Stalled says. */
    private static String await(KubernetesClient client, GenericKubernetesResource resource)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < end) {
            var now = client.resource(resource).get();
            var message = now == null ? Optional.<String>empty() : stalled(now);
            if (message.isPresent()) return message.get();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return "not stalled: " + client.resource(resource).get();
    }

    private static Optional<String> stalled(GenericKubernetesResource resource) {
        if (!(resource.getAdditionalProperties().get("status") instanceof Map<?, ?> status)
                || !(status.get("conditions") instanceof List<?> conditions)) {
            return Optional.empty();
        }
        return conditions.stream()
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(each -> (Map<?, ?>) each)
                .filter(each -> "Stalled".equals(each.get("type")))
                .filter(each -> "True".equals(each.get("status")))
                .map(each -> String.valueOf(each.get("message")))
                .findFirst();
    }
}
