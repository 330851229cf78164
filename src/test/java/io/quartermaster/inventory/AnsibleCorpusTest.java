package io.quartermaster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quartermaster.inventory.DynamicInventory.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares with what {@code ansible-inventory} printed of the same files; see the {@code
 * regenerate} script beside them.
 */
class AnsibleCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/inventory");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    static Stream<Path> folders() throws IOException {
        try (var files = Files.list(CORPUS)) {
            return files.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void the_list_is_the_one_ansible_prints(Path folder) throws IOException {
        assertEquals(expected(folder, "expected.json"), list(folder, Variant.RESOLVED));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void the_export_is_the_one_ansible_prints(Path folder) throws IOException {
        assertEquals(expected(folder, "expected-export.json"), list(folder, Variant.EXPORT));
    }

    private static String list(Path folder, Variant variant) throws IOException {
        return switch (InventoryReader.read(sources(folder), Limits.DEFAULT)) {
            case InventoryReading.Accepted accepted ->
                    sorted(JSON.valueToTree(DynamicInventory.list(accepted.inventory(), variant)));
            case InventoryReading.Refused refused -> refused.problems().toString();
        };
    }

    private static List<Source> sources(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("expected"))
                    .filter(file -> !file.toString().endsWith(".txt"))
                    .sorted()
                    .map(AnsibleCorpusTest::source)
                    .toList();
        }
    }

    private static Source source(Path file) {
        try {
            return SourcePath.source(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Ansible shows secrets; here they are masked. */
    private static String expected(Path folder, String file) throws IOException {
        var tree = JSON.readTree(folder.resolve(file).toFile());
        mask(tree, false);
        return sorted(tree);
    }

    /** Readable differences, whatever the order of keys. */
    private static String sorted(JsonNode tree) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.treeToValue(tree, Object.class));
    }

    private static void mask(JsonNode node, boolean secret) {
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (secret && isScalar(list.get(i))) list.set(i, Secret.MASK);
                else mask(list.get(i), secret);
            }
        }
        if (node instanceof ObjectNode map) {
            for (var name : map.properties().stream().map(java.util.Map.Entry::getKey).toList()) {
                var isSecret = secret || Variable.isSecret(name);
                if (isSecret && isScalar(map.get(name))) map.put(name, Secret.MASK);
                else mask(map.get(name), isSecret);
            }
        }
    }

    private static boolean isScalar(JsonNode node) {
        return node.isTextual() || node.isNumber();
    }
}
