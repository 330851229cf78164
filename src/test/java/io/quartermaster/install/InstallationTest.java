package io.quartermaster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.kube.ApiServer;
import io.quartermaster.operator.schema.Crds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything below {@code k8s} is taken by a real API server, and built by kustomize. */
class InstallationTest {
    /** Came with 1.21, and went with 1.25: a server has one of them or both. */
    private static final Set<String> COMING_AND_GOING = Set.of("policy/v1", "policy/v1beta1");

    /** Stands for the Prometheus Operator's, which takes any monitor. */
    private static final String SERVICE_MONITORS =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: servicemonitors.monitoring.coreos.com}
            spec:
              group: monitoring.coreos.com
              names: {kind: ServiceMonitor, plural: servicemonitors}
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """;

    @TempDir private static Path folder;
    private static ApiServer server;
    private static Set<String> served;

    @BeforeAll
    static void installWhatTheRestNeeds() throws IOException {
        server = ApiServer.shared();
        Crds.installOn(server);
        var monitors = Files.writeString(folder.resolve("monitors.yaml"), SERVICE_MONITORS);
        server.kubectl("apply", "-f", monitors.toString());
        server.kubectl(
                "wait",
                "--for=condition=Established",
                "--timeout=60s",
                "crd/servicemonitors.monitoring.coreos.com");
        server.kubectl("apply", "-f", Yaml.ROOT.resolve("base/namespace.yaml").toString());
        served = server.kubectl("api-versions").lines().collect(Collectors.toSet());
    }

    static Stream<Path> servedManifests() throws IOException {
        return Yaml.manifests().stream();
    }

    @ParameterizedTest
    @MethodSource("servedManifests")
    void the_server_takes_it(Path file) throws IOException {
        var unserved = new TreeSet<>(versions(file));
        unserved.removeAll(served);
        if (COMING_AND_GOING.containsAll(unserved) && !unserved.isEmpty()) return;
        // Clients before 1.23 know no rules in definitions.
        var validate = "--validate=" + !file.startsWith(Crds.WITH_RULES);
        server.kubectl("apply", "--dry-run=server", validate, "-f", file.toString());
    }

    private static Set<String> versions(Path file) throws IOException {
        return Yaml.documents(file).stream()
                .map(document -> document.get("apiVersion").textValue())
                .collect(Collectors.toSet());
    }

    @Test
    void one_of_the_disruption_budgets_is_for_this_server() {
        assertTrue(COMING_AND_GOING.stream().anyMatch(served::contains), served::toString);
    }

    static Stream<Path> kustomizations() throws IOException {
        return Yaml.kustomizations().stream();
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void kustomize_builds_it(Path directory) throws IOException {
        assertFalse(server.kubectl("kustomize", directory.toString()).isBlank());
    }

    @Test
    void every_file_belongs_to_a_kustomization() throws IOException {
        var listed = new TreeSet<Path>();
        for (var directory : Yaml.kustomizations()) {
            var file = directory.resolve("kustomization.yaml");
            for (var name : Yaml.documents(file).getFirst().path("resources")) {
                listed.add(directory.resolve(name.textValue()));
            }
        }
        assertEquals(List.copyOf(listed), Yaml.manifests());
    }
}
