package io.quartermaster.operator.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quartermaster.kube.ApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The custom resource definitions, generated and committed. */
public final class Crds {
    /** Every server takes them. */
    public static final Path COMMITTED = Path.of("k8s", "crds");

    /** The same with CEL rules, which servers from 1.25 on and kubectl from 1.23 on know. */
    public static final Path WITH_RULES = Path.of("k8s", "crds-with-rules");

    static final List<Class<? extends HasMetadata>> KINDS =
            List.of(
                    TenantSchema.class,
                    MachineClassSchema.class,
                    PlanSchema.class,
                    HostSchema.class,
                    DeploymentSchema.class,
                    MachineSchema.class,
                    VolumeSchema.class);

    private static final String HEADING =
            "# Generated from io.quartermaster.operator.schema: mvn test-compile surefire:test"
                    + " -Dtest=CrdTest -Dquartermaster.crds.write=true\n";
    private static final Pattern LIMIT = Pattern.compile("(?m)^( *(?:maximum|minimum): )(.*)$");

    private Crds() {}

    /**
     * The texts of the definitions by file name, as they are generated now.
     *
     * @param directory which of the two they are for
     */
    static TreeMap<String, String> generate(Path directory, Path scratch) throws IOException {
        new CRDGenerator()
                .forCRDVersions("v1")
                .customResourceClasses(KINDS)
                .withPostProcessor(new Finish(directory.equals(WITH_RULES)))
                .inOutputDir(scratch.toFile())
                .generate();
        try (var files = Files.list(scratch)) {
            return texts(files, "\\..*");
        }
    }

    /** The texts of the definitions by file name, as they are below {@code k8s}. */
    static TreeMap<String, String> committed(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            var yaml = files.filter(file -> !file.endsWith("kustomization.yaml"));
            return texts(yaml, "\\.yaml");
        }
    }

    /** The definitions below {@code k8s}, rules included. */
    static List<CustomResourceDefinition> definitions() throws IOException {
        return committed(WITH_RULES).values().stream()
                .map(text -> Serialization.unmarshal(text, CustomResourceDefinition.class))
                .toList();
    }

    /** The names of the fields that a kind's status has. */
    public static Set<String> statusFields(String kind) throws IOException {
        return definitions().stream()
                .map(CustomResourceDefinition::getSpec)
                .filter(spec -> spec.getNames().getKind().equals(kind))
                .map(spec -> spec.getVersions().getFirst().getSchema().getOpenAPIV3Schema())
                .map(root -> root.getProperties().get("status").getProperties().keySet())
                .findFirst()
                .orElseThrow();
    }

    /** Has the server serve all kinds; again is well. */
    public static void installOn(ApiServer server) throws IOException {
        server.kubectl("apply", "-k", COMMITTED.toString());
        for (var definition : definitions()) {
            var name = "crd/" + definition.getMetadata().getName();
            server.kubectl("wait", "--for=condition=Established", "--timeout=60s", name);
        }
    }

    private static TreeMap<String, String> texts(Stream<Path> files, String ending) {
        var texts = new TreeMap<String, String>();
        files.forEach(
                file -> {
                    var name = file.getFileName().toString().replaceFirst(ending, ".yaml");
                    texts.put(name, read(file));
                });
        return texts;
    }

    /** With our own first line, and whole numbers as such: the model has fractions for all. */
    private static String read(Path file) {
        try {
            var text = Files.readString(file).replaceFirst("^#.*\n", "");
            return HEADING + LIMIT.matcher(text).replaceAll(m -> m.group(1) + whole(m.group(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String whole(String number) {
        return new BigDecimal(number).toBigIntegerExact().toString();
    }

    /** What cannot be said by annotations. */
    private record Finish(boolean rules) implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata crd, String version) {
            var definition = (CustomResourceDefinition) crd;
            var type = typeOf(definition.getSpec().getNames().getKind());
            var only = definition.getSpec().getVersions().getFirst();
            only.getAdditionalPrinterColumns().sort(asAnnotated(type));
            var root = only.getSchema().getOpenAPIV3Schema();
            root.setDescription(type.getAnnotation(JsonClassDescription.class).value());
            root.setRequired(List.of("spec"));
            var conditions = root.getProperties().get("status").getProperties().get("conditions");
            conditions.setXKubernetesListType("map");
            conditions.setXKubernetesListMapKeys(List.of("type"));
            openUp(root);
            if (!rules) withoutRules(root);
            return definition;
        }

        private static void withoutRules(JSONSchemaProps schema) {
            schema.setXKubernetesValidations(null);
            if (schema.getProperties() != null)
                schema.getProperties().values().forEach(Finish::withoutRules);
            if (schema.getItems() != null) withoutRules(schema.getItems().getSchema());
        }

        private static Class<?> typeOf(String kind) {
            return KINDS.stream()
                    .filter(each -> HasMetadata.getKind(each).equals(kind))
                    .findFirst()
                    .orElseThrow();
        }

        /** The generator sorts the columns by what they show. */
        private static Comparator<CustomResourceColumnDefinition> asAnnotated(Class<?> type) {
            var names =
                    Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                            .map(AdditionalPrinterColumn::name)
                            .toList();
            return Comparator.comparing(column -> names.indexOf(column.getName()));
        }

        /** Where unknown fields stay, the generator would have mappings as values. */
        private static void openUp(JSONSchemaProps schema) {
            if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
                schema.setAdditionalProperties(null);
            }
            if (schema.getProperties() != null)
                schema.getProperties().values().forEach(Finish::openUp);
            if (schema.getItems() != null) openUp(schema.getItems().getSchema());
        }
    }
}
