package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quartermaster.step.Failure;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import io.quartermaster.step.StepExecutor.End;
import io.quartermaster.step.StepResult;
import io.quartermaster.step.Target;
import io.quartermaster.step.Work;
import io.quartermaster.step.Work.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A namespace of the real API server, and an executor for it. */
final class Cluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Target NOBODY =
            new Target(
                    "h1",
                    "192.0.2.1",
                    22,
                    "root",
                    Target.Become.NOBODY,
                    new Target.Credentials.Agent(),
                    List.of(),
                    null);

    final ApiServer server = ApiServer.shared();
    final KubernetesClient client;
    final String namespace;
    final Clusters clusters;
    KubeExecutor executor;
    Said said = new Said();

    /** Time for a step. */
    Duration limit = Duration.ofSeconds(30);

    Cluster(Path... directories) throws IOException {
        client = server.client();
        namespace = server.newNamespace(client);
        var config = Config.fromKubeconfig(server.kubeconfig(ApiServer.ADMIN_TOKEN));
        clusters = new Clusters(name -> Optional.empty(), () -> config);
        executor = executor(clusters, directories);
    }

    static KubeExecutor executor(Clusters clusters, Path... directories) {
        return new KubeExecutor(
                clusters, sources(directories), System.getenv("PATH"), InstantSource.system());
    }

    static Sources sources(Path... directories) {
        return new Sources() {
            @Override
            public Path file(String name) throws IOException {
                return directory(name);
            }

            @Override
            public Path directory(String name) throws IOException {
                for (Path each : directories) return each.resolve(name).toRealPath();
                throw new IOException("nothing may be read");
            }
        };
    }

    /** What becomes of the action in a run of machine web-1. */
    StepResult perform(int run, KubernetesAction action) throws InterruptedException {
        return perform(work(run, Mode.APPLY, 1, new Step.Kubernetes(action, null)));
    }

    StepResult takeBack(KubernetesAction action) throws InterruptedException {
        return perform(work(9, Mode.UNDO, 1, new Step.Kubernetes(action, null)));
    }

    StepResult perform(Work work) throws InterruptedException {
        said = new Said();
        return switch (executor.execute(work, said)) {
            case End.Completed completed ->
                    said.calls.getLast().endsWith(" Changed")
                            ? new StepResult.Changed()
                            : new StepResult.Unchanged();
            case End.Stopped(int index, StepResult result) -> result;
            case End other -> throw new AssertionError(other);
        };
    }

    Work work(int run, Mode mode, int attempt, Step step) {
        var plan = new PlanStep("step", step, null, limit, 0, Duration.ofSeconds(1), null);
        return new Work(
                "web-1", run, 7, NOBODY, List.of(new Work.Task(0, attempt, mode, plan)), Set.of());
    }

    /** The failure that it ends with. */
    Failure failure(KubernetesAction action) throws InterruptedException {
        var result = perform(1, action);
        return assertInstanceOf(StepResult.Failed.class, result, result::toString).failure();
    }

    /** Makes objects, as somebody else would. */
    void make(String yaml) {
        client.resource("---\n" + yaml).inNamespace(namespace).create();
    }

    /** What is at a path below the namespace, a missing node where there is nothing. */
    JsonNode at(String path) throws IOException {
        return read("/api/v1/namespaces/" + namespace + "/" + path);
    }

    JsonNode read(String path) throws IOException {
        var text = client.raw(path);
        return text == null ? JSON.missingNode() : JSON.readTree(text);
    }

    /** Says how things are, as a kubelet or controller does. */
    void report(String path, String status) throws Exception {
        var http = client.getHttpClient();
        var uri = client.getMasterUrl() + path.substring(1) + "/status";
        var body = "{\"status\": " + status + "}";
        var request =
                http.newHttpRequestBuilder()
                        .uri(uri)
                        .method("PATCH", "application/merge-patch+json", body)
                        .build();
        var answer = http.sendAsync(request, String.class).get();
        assertEquals(200, answer.code(), answer::body);
    }

    @Override
    public void close() {
        clusters.close();
        client.close();
    }
}
