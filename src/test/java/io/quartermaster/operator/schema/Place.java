package io.quartermaster.operator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.quartermaster.manifest.Manifests;
import io.quartermaster.manifest.MediaKind;
import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.References;
import io.quartermaster.manifest.Validation.Invalid;
import io.quartermaster.manifest.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A place in the spec of a kind: what the schema says of it, and what the form does when something
 * stands there.
 *
 * @param path names of fields, keys of mappings, and 0 for the first item of a list
 */
record Place(String kind, List<String> path, JSONSchemaProps schema) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANY = "zzz";

    /** Fields of a step that do not say which kind it is. */
    private static final Set<String> BESIDE_KINDS =
            Set.of("name", "when", "timeoutSeconds", "retries", "backoffSeconds", "undo");

    /** Every place of every kind that people write. */
    static Stream<Place> all() {
        return definitions()
                .filter(each -> !each.getSpec().getNames().getKind().equals("Machine"))
                .flatMap(each -> spec(each).withParts());
    }

    private static Stream<CustomResourceDefinition> definitions() {
        try {
            return Crds.definitions().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place spec(CustomResourceDefinition definition) {
        var root = definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        return new Place(
                definition.getSpec().getNames().getKind(),
                List.of("spec"),
                root.getProperties().get("spec"));
    }

    private Stream<Place> withParts() {
        var parts = new ArrayList<Place>();
        properties().forEach(name -> parts.add(part(name, schema.getProperties().get(name))));
        if (schema.getItems() != null) parts.add(part("0", schema.getItems().getSchema()));
        if (schema.getAdditionalProperties() != null) {
            parts.add(part("key", schema.getAdditionalProperties().getSchema()));
        }
        return Stream.concat(Stream.of(this), parts.stream().flatMap(Place::withParts));
    }

    private Place part(String name, JSONSchemaProps part) {
        return new Place(kind, Stream.concat(path.stream(), Stream.of(name)).toList(), part);
    }

    Set<String> properties() {
        return schema.getProperties() == null
                ? Set.of()
                : new TreeSet<>(schema.getProperties().keySet());
    }

    String pointer() {
        return "/" + String.join("/", path);
    }

    String shown() {
        return kind + " " + pointer();
    }

    /** The codes of what the form finds wrong right here when this value stands here. */
    Set<String> codes(JsonNode value) {
        return violations(value).stream()
                .filter(each -> each.pointer().equals(pointer()))
                .map(Violation::code)
                .collect(Collectors.toSet());
    }

    boolean refuses(JsonNode value) {
        return !codes(value).isEmpty();
    }

    /** The fields that the form misses when nothing stands here. */
    Set<String> missed() {
        var start = pointer() + "/";
        return violations(JSON.createObjectNode()).stream()
                .filter(each -> each.code().equals("missing-field"))
                .filter(each -> each.pointer().startsWith(start))
                .map(each -> each.pointer().substring(start.length()))
                .filter(name -> !name.contains("/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The fields that the form knows here, which it tells whoever writes another one. */
    Set<String> known() {
        return expected(JSON.createObjectNode().put(ANY, 1), pointer() + "/" + ANY);
    }

    /** The words that the form knows here, which it tells whoever writes another one. */
    Set<String> words() {
        return expected(JSON.getNodeFactory().textNode(ANY), pointer());
    }

    private Set<String> expected(JsonNode value, String pointer) {
        return violations(value).stream()
                .filter(each -> each.pointer().equals(pointer))
                .map(each -> each.message().replaceFirst(".*expected (one of )?", ""))
                .flatMap(list -> Stream.of(list.split(", ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Violation> violations(JsonNode value) {
        var document = JSON.createObjectNode();
        document.put("apiVersion", "quartermaster.io/v1alpha1").put("kind", kind);
        document.putObject("metadata").put("name", "probed");
        put(document, 0, value);
        var read = (Parsed) Manifests.read(document.toString(), MediaKind.JSON);
        return Manifests.validate(read.documents(), References.NONE) instanceof Invalid invalid
                ? invalid.violations()
                : List.of();
    }

    private void put(ObjectNode into, int depth, JsonNode value) {
        var name = path.get(depth);
        if (depth == path.size() - 1) {
            into.set(name, value);
        } else if (path.get(depth + 1).equals("0")) {
            putItem(into.putArray(name), depth + 1, value);
        } else {
            put(into.putObject(name), depth + 1, value);
        }
        addCompanions(into, name);
    }

    private void putItem(ArrayNode into, int depth, JsonNode value) {
        if (depth == path.size() - 1) into.add(value);
        else put(into.addObject(), depth + 1, value);
    }

    /**
     * What has to stand beside a field for the form to look at it, or to allow it all it may be.
     */
    private void addCompanions(ObjectNode around, String name) {
        switch (name) {
            case "certificateFile", "passphraseSecret" -> around.put("privateKeyFile", "key");
            case "kubernetes" -> around.put("provider", "kubernetes");
            case "wait" -> around.put("timeoutSeconds", 86_400);
            default -> {
                // Stands well alone.
            }
        }
        if (name.equals("steps") && path.size() > 2 && !namesAKind()) {
            around.path("steps").forEach(step -> ((ObjectNode) step).putObject("reboot"));
        }
    }

    private boolean namesAKind() {
        return path.size() > 3 && !BESIDE_KINDS.contains(path.get(3));
    }
}
