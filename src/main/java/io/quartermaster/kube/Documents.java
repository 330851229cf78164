package io.quartermaster.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quartermaster.step.KubernetesAction.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Objects as text: many documents of YAML or JSON, lists taken apart. */
final class Documents {
    private static final int MOST = 500;
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final int DEEPEST = 100;

    /** Values, and every so many characters of texts, once aliases stand for what they name. */
    private static final int LARGEST = 500_000;

    private static final int CHARACTERS_A_VALUE = 20;
    private static final Set<String> FIRST = Set.of("CustomResourceDefinition", "Namespace");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Documents() {}

    /**
     * The objects in the order in which they can be made: definitions and namespaces before the
     * others, else as they stand in the text.
     *
     * @throws ClusterException when it is no text of objects; says where
     */
    static List<ObjectNode> read(String text) throws ClusterException {
        List<ObjectNode> objects = new ArrayList<>();
        int left = LARGEST;
        try {
            for (Object document : yaml().loadAll(text)) {
                if (document != null) {
                    left = spend(document, 0, left);
                    collect(MAPPER.valueToTree(document), objects);
                }
            }
        } catch (MarkedYAMLException e) {
            throw invalid(where(e.getProblemMark()) + e.getProblem());
        } catch (YAMLException | IllegalArgumentException e) {
            throw invalid("it is not to be read as YAML");
        }
        if (objects.isEmpty()) {
            throw invalid("there is no object in it");
        }
        objects.sort(Comparator.comparing(each -> FIRST.contains(kind(each)) ? 0 : 1));
        return objects;
    }

    /** What is left after a value; one that contains itself is deeper than anything. */
    private static int spend(@Nullable Object value, int deep, int left) throws ClusterException {
        if (deep > DEEPEST || left <= 0) {
            throw invalid(
                    "with its aliases it is deeper than %d levels or larger than %d values"
                            .formatted(DEEPEST, LARGEST));
        }
        int rest = left - 1;
        if (value instanceof Map<?, ?> mapping) {
            for (var entry : mapping.entrySet()) {
                rest = spend(entry.getKey(), deep + 1, rest);
                rest = spend(entry.getValue(), deep + 1, rest);
            }
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                rest = spend(item, deep + 1, rest);
            }
        } else if (value instanceof String text) {
            rest -= text.length() / CHARACTERS_A_VALUE;
        }
        return rest;
    }

    /** What an object of a text is about. */
    static Subject subject(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new Subject(
                object.path("apiVersion").asText(),
                kind(object),
                metadata.path("name").asText(),
                metadata.has("namespace") ? metadata.get("namespace").asText("") : null);
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    private static void collect(JsonNode document, List<ObjectNode> objects)
            throws ClusterException {
        if (document.path("items").isArray() && kind(document).endsWith("List")) {
            for (JsonNode item : document.get("items")) {
                collect(item, objects);
            }
            return;
        }
        int number = objects.size() + 1;
        if (!(document instanceof ObjectNode object)) {
            throw invalid("object " + number + " is no mapping");
        }
        for (String field : List.of("/apiVersion", "/kind", "/metadata/name")) {
            if (!object.at(field).isTextual() || object.at(field).asText().isEmpty()) {
                throw invalid("object " + number + " has no text at " + field);
            }
        }
        for (String field : List.of("/metadata/labels", "/metadata/annotations")) {
            if (!object.at(field).isMissingNode() && !object.at(field).isObject()) {
                throw invalid("object " + number + " has no mapping at " + field);
            }
        }
        if (number > MOST) {
            throw invalid("there are more than " + MOST + " objects in it");
        }
        objects.add(object);
    }

    private static ClusterException invalid(String why) {
        return ClusterException.impossible(
                Failures.invalid(
                        "manifest-invalid",
                        "the manifests of the step are wrong: " + why,
                        "correct them; a brace that is no template's is written \\{"));
    }

    private static String where(@Nullable Mark mark) {
        return mark == null
                ? ""
                : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
    }

    private static Yaml yaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST_CHARACTERS);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setAllowDuplicateKeys(false);
        DumperOptions unused = new DumperOptions();
        return new Yaml(
                new SafeConstructor(limits),
                new Representer(unused),
                unused,
                limits,
                new PlainWords());
    }

    /**
     * Which plain words are no text, as in YAML 1.2: neither dates nor sixtieths, and {@code no} is
     * a country.
     */
    private static final class PlainWords extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(
                    Tag.BOOL, Pattern.compile("true|True|TRUE|false|False|FALSE"), "tTfF");
            addImplicitResolver(
                    Tag.INT, Pattern.compile("[-+]?[0-9]+|0x[0-9a-fA-F]+"), "-+0123456789");
            addImplicitResolver(
                    Tag.FLOAT,
                    Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
                    "-+0123456789.");
            addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
            addImplicitResolver(Tag.NULL, Pattern.compile("~|null|Null|NULL| "), "~nN\0");
            addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
        }
    }
}
