package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.step.Journal;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The executor as the daemon makes it, with a host that nobody can reach. */
@QuarkusTest
@QuarkusTestResource(EmptyDatabase.class)
class KubernetesStepsTest {
    private static final Target NOWHERE =
            new Target(
                    "nowhere",
                    "192.0.2.1",
                    22,
                    "nobody",
                    Target.Become.NOBODY,
                    new Target.Credentials.Agent(),
                    List.of(),
                    null);

    @ConfigProperty(name = "quartermaster.data")
    Path data;

    @Inject StepExecutor executor;

    @Test
    void a_step_goes_to_the_cluster_of_its_secret_and_to_no_host() throws Exception {
        var server = ApiServer.shared();
        var secrets = Files.createDirectories(data.resolve("secrets"));
        Files.writeString(secrets.resolve("blue"), server.kubeconfig(ApiServer.ADMIN_TOKEN));
        try (var client = server.client()) {
            var namespace = server.newNamespace(client);
            var manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}";
            var apply = new KubernetesAction.Apply(manifest, null, null, namespace, false, false);
            var step = PlanStep.of("settings", new Step.Kubernetes(apply, "blue"));
            var task = new Work.Task(0, 1, Work.Mode.APPLY, step);
            var said = new Output();

            var end =
                    executor.execute(new Work("m-1", 1, 1, NOWHERE, List.of(task), Set.of()), said);

            assertEquals(new StepExecutor.End.Completed(), end);
            assertEquals(List.of(new StepResult.Changed()), said.results);
            var made = client.configMaps().inNamespace(namespace).withName("settings").get();
            assertTrue(made.getMetadata().getAnnotations().containsValue("m-1/1/0"));
        }
    }

    private static final class Output implements Journal {
        final List<StepResult> results = new ArrayList<>();

        @Override
        public void sending(int first, int last) {}

        @Override
        public void started(int index, int attempt) {}

        @Override
        public void output(int index, String text) {}

        @Override
        public void finished(int index, int attempt, StepResult result, Duration took) {
            results.add(result);
        }

        @Override
        public void firstContact(String host, String key) {
            throw new IllegalStateException("no host is spoken to");
        }

        @Override
        public Wish wish() {
            return Wish.GO_ON;
        }
    }
}
