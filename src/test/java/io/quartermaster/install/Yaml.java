package io.quartermaster.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files below {@code k8s}. */
final class Yaml {
    static final Path ROOT = Path.of("k8s");
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final YAMLMapper MAPPER = new YAMLMapper();

    private Yaml() {}

    /** Those with documents for the API server. */
    static List<Path> manifests() throws IOException {
        return all().filter(file -> !file.endsWith(KUSTOMIZATION)).toList();
    }

    /** Those that kustomize builds. */
    static List<Path> kustomizations() throws IOException {
        return all().filter(file -> file.endsWith(KUSTOMIZATION)).map(Path::getParent).toList();
    }

    private static Stream<Path> all() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static List<JsonNode> documents(Path file) throws IOException {
        try (var all = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return all.readAll();
        }
    }
}
