package io.quartermaster.operator.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.manifest.Limits;
import io.quartermaster.manifest.Manifests;
import io.quartermaster.manifest.MediaKind;
import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.References;
import io.quartermaster.manifest.Validation.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the daemon takes, a real API server with the definitions takes too. */
class SampleTest {
    private static final Path SAMPLES = Path.of("k8s", "samples");
    private static final Path CORPUS = Path.of("src/test/resources/corpus/manifests/good");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static ApiServer server;
    private static KubernetesClient client;
    private static String namespace;

    @BeforeAll
    static void install() throws Exception {
        server = ApiServer.shared();
        client = server.client();
        namespace = server.newNamespace(client);
        Crds.installOn(server);
    }

    @AfterAll
    static void close() {
        if (client != null) client.close();
    }

    @Test
    void there_is_a_sample_of_every_kind_that_people_write() throws IOException {
        var kinds = new TreeSet<String>();
        for (var file : samples().toList()) {
            documents(file).forEach(document -> kinds.add(document.get("kind").textValue()));
        }
        var written = new TreeSet<String>();
        Crds.definitions().forEach(each -> written.add(each.getSpec().getNames().getKind()));
        written.remove("Machine");
        assertEquals(written, kinds);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_sample_can_be_applied_and_is_kept_whole(Path file) throws IOException {
        server.kubectl("apply", "--validate=true", "-n", namespace, "-f", file.toString());
        for (var document : documents(file)) {
            var stored = client.resource(resource(document)).inNamespace(namespace).get();
            assertEquals(
                    document.get("spec"),
                    new ObjectMapper().valueToTree(stored.getAdditionalProperties().get("spec")));
        }
    }

    @Test
    void the_samples_together_are_a_good_manifest() throws IOException {
        var text = new StringBuilder();
        for (var file : samples().toList()) text.append("---\n").append(Files.readString(file));
        var parsed =
                assertInstanceOf(Parsed.class, Manifests.read(text.toString(), MediaKind.YAML));
        assertInstanceOf(Valid.class, Manifests.validate(parsed.documents(), References.NONE));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void a_good_manifest_is_a_good_custom_resource(Path file) throws IOException {
        for (var document : documents(file)) {
            ((ObjectNode) document.get("metadata")).remove("tenant");
            NonDeletingOperation<GenericKubernetesResource> dry =
                    client.resource(resource(document)).inNamespace(namespace).dryRun();
            assertNotNull(dry.create());
        }
    }

    @Test
    void what_is_outside_the_limits_is_refused_at_its_field() throws IOException {
        var document = documents(SAMPLES.resolve("machinedeployment.yaml")).getFirst();
        ((ObjectNode) document.get("spec")).put("replicas", Limits.REPLICAS + 1);
        var bad = client.resource(resource(document)).inNamespace(namespace).dryRun();
        var refused = assertThrows(KubernetesClientException.class, bad::create);
        assertTrue(refused.getMessage().contains("spec.replicas"), refused.getMessage());
    }

    @Test
    void columns_stand_where_people_look_for_them() throws IOException {
        server.kubectl(
                "apply",
                "-n",
                namespace,
                "-f",
                SAMPLES.resolve("machinedeployment.yaml").toString());
        var table = server.kubectl("get", "qmd", "-n", namespace);
        assertEquals(
                List.of(
                        "NAME",
                        "DESIRED",
                        "CURRENT",
                        "READY",
                        "AVAILABLE",
                        "UP-TO-DATE",
                        "PHASE",
                        "AGE"),
                List.of(table.lines().findFirst().orElseThrow().split(" +")));
    }

    static Stream<Path> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<Path> corpus() throws IOException {
        try (var files = Files.list(CORPUS)) {
            return files.sorted().toList().stream();
        }
    }

    static List<JsonNode> documents(Path file) throws IOException {
        try (var all = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            var documents = new ArrayList<JsonNode>();
            for (var each : all.readAll()) {
                if (each.isArray()) each.forEach(documents::add);
                else if (each.isObject()) documents.add(each);
            }
            return documents;
        }
    }

    private static GenericKubernetesResource resource(JsonNode document) throws IOException {
        return YAML.treeToValue(document, GenericKubernetesResource.class);
    }
}
