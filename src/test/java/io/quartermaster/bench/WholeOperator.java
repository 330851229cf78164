package io.quartermaster.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quartermaster.app.Daemon;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.operator.schema.Crds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A daemon beside an API server of its own, which is asked for many deployments at once. */
final class WholeOperator implements AutoCloseable {
    private static final Path FOUNDATION =
            Path.of("src", "test", "resources", "operator", "foundation.yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SETTLING = Duration.ofSeconds(20);
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final int AT_ONCE = 8;

    private final int resources;
    private final double alone;
    private final ApiServer server;
    private final Daemon daemon;

    /**
     * What it took.
     *
     * @param seconds from the first create to the last status that speaks of its resource
     * @param alone seconds to create as many that nobody reconciles
     * @param requests to the API server per minute when nothing changes any more
     * @param heap in use after a collection, in MB
     */
    record Effort(double seconds, double alone, double requests, double heap) {}

    WholeOperator(Path folder, int resources) throws Exception {
        this.resources = resources;
        Files.createDirectories(folder);
        server = ApiServer.start(folder.resolve("kube"));
        Crds.installOn(server);
        alone = withoutAnOperator();
        var settings =
                Map.of(
                        "QUARTERMASTER_OPERATOR_ENABLED",
                        "true",
                        "KUBECONFIG",
                        server.kubeconfigFile().toString());
        daemon = Daemon.launch(folder.resolve("data"), settings).awaitReady();
    }

    private double withoutAnOperator() throws Exception {
        try (var client = server.client()) {
            var namespace = server.newNamespace(client);
            long begun = System.nanoTime();
            create(client, namespace);
            double took = since(begun);
            server.kubectl("delete", "namespace", namespace);
            return took;
        }
    }

    Effort measure() throws Exception {
        try (var client = server.client()) {
            server.kubectl("apply", "-n", "default", "-f", FOUNDATION.toString());
            long begun = System.nanoTime();
            create(client, "default");
            awaitObserved(client);
            double seconds = since(begun);
            TimeUnit.SECONDS.sleep(SETTLING.toSeconds());
            double before = requests();
            TimeUnit.SECONDS.sleep(WINDOW.toSeconds());
            return new Effort(seconds, alone, requests() - before, heap());
        }
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private void create(KubernetesClient client, String namespace) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            IntStream.range(0, resources)
                    .mapToObj(number -> deployment(namespace, number))
                    .forEach(each -> threads.execute(() -> client.resource(each).create()));
        }
    }

    private static GenericKubernetesResource deployment(String namespace, int number) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("quartermaster.io/v1alpha1")
                .withKind("MachineDeployment")
                .withNewMetadata()
                .withName("many-" + number)
                .withNamespace(namespace)
                .endMetadata()
                .addToAdditionalProperties(
                        "spec",
                        Map.of("replicas", 0, "template", Map.of("class", "good", "plan", "good")))
                .build();
    }

    private void awaitObserved(KubernetesClient client) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (observed(client) < resources) {
            if (System.nanoTime() > end) throw new IOException("only " + observed(client));
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private static long observed(KubernetesClient client) {
        return client
                .genericKubernetesResources("quartermaster.io/v1alpha1", "MachineDeployment")
                .inNamespace("default")
                .list()
                .getItems()
                .stream()
                .filter(each -> each.get("status", "observedGeneration") != null)
                .count();
    }

    /** What was asked about our kinds, and of events; a watch is one request for minutes. */
    private double requests() {
        return server.kubectl("get", "--raw", "/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_request_total{"))
                .filter(line -> line.contains("group=\"quartermaster.io\"") || isEvent(line))
                .filter(line -> !line.contains("verb=\"WATCH\""))
                .mapToDouble(WholeOperator::value)
                .sum();
    }

    private static boolean isEvent(String line) {
        return line.contains("resource=\"events\"");
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private double heap() throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Programs.run(List.of(jcmd, Long.toString(daemon.pid()), "GC.run"), Map.of());
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(daemon.address() + "/q/metrics"));
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .body()
                            .lines()
                            .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                            .mapToDouble(WholeOperator::value)
                            .sum()
                    / 1e6;
        }
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        server.close();
    }
}
