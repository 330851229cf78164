package io.quartermaster.operator.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules in the definitions, by another implementation of their language than Kubernetes'. */
class RuleTest {
    private static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addVar("self", SimpleType.DYN)
                    .addVar("oldSelf", SimpleType.DYN)
                    .build();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();
    private static final YAMLMapper YAML = new YAMLMapper();

    @ParameterizedTest
    @MethodSource("good")
    void a_good_manifest_breaks_no_rule(Path file) throws Exception {
        for (var document : SampleTest.documents(file)) {
            assertEquals(List.of(), broken(document, document), document.toString());
        }
    }

    static Stream<Path> good() throws IOException {
        return Stream.concat(SampleTest.samples(), SampleTest.corpus());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = BAD)
    void a_bad_one_breaks_a_rule(String kind, String spec, String start) throws Exception {
        var document = document(kind, "name", spec);
        var messages = broken(document, document);
        assertEquals(1, messages.size(), messages.toString());
        assertTrue(messages.getFirst().startsWith(start), messages.toString());
    }

    private static final String BAD =
            """
            Host | {become: {method: none, passwordSecret: a}} | method none needs no password
            Host | {credentials: {}} | expected exactly one of privateKeyFile
            Host | {credentials: {agent: true, secret: a}} | expected exactly one of privateKeyFile
            Host | {credentials: {agent: false}} | to use no agent, leave the field out
            Host | {credentials: {secret: a, certificateFile: b}} | certificateFile and
            MachineClass | {provider: kubernetes} | kubernetes goes with
            MachineClass | {provider: inventory, kubernetes: {pod: {}}} | kubernetes goes with
            MachineClass | {provider: kubernetes, kubernetes: {pod: {}}, selector: {}} | selector goes with
            MachineClass | {provider: kubernetes, kubernetes: {}} | expected exactly one of pod
            MachineClass | {provider: kubernetes, kubernetes: {pod: {}, virtualMachine: {}}} | expected
            ProvisioningPlan | {steps: [{name: a}]} | expected exactly one of command
            ProvisioningPlan | {steps: [{reboot: {}, user: {}}]} | expected exactly one of command
            ProvisioningPlan | {steps: [{file: {content: a, source: b}}]} | expected exactly one of content
            ProvisioningPlan | {steps: [{script: {}}]} | expected exactly one of content
            ProvisioningPlan | {steps: [{package: {names: []}}]} | found no package
            ProvisioningPlan | {steps: [{wait: {}}]} | expected exactly one of tcp
            """;

    @Test
    void a_currency_stays() throws Exception {
        assertEquals(
                List.of("the account cannot change its currency; use another tenant"),
                broken(
                        document("Tenant", "acme", "{currency: USD}"),
                        document("Tenant", "acme", "{currency: EUR}")));
    }

    @ParameterizedTest
    @CsvSource({
        "Host,0",
        "Tenant,1",
        "MachineClass,1",
        "ProvisioningPlan,1",
        "Volume,1",
        "Machine,1"
    })
    void only_a_host_may_have_dots_and_a_long_name(String kind, int broken) throws Exception {
        for (var name : List.of("a.b", "a".repeat(64))) {
            var document = document(kind, name, "{provider: inventory, currency: EUR}");
            assertEquals(broken, broken(document, document).size());
        }
    }

    private static JsonNode document(String kind, String name, String spec) throws IOException {
        var text = "{kind: %s, metadata: {name: %s}, spec: %s}".formatted(kind, name, spec);
        return YAML.readTree(text);
    }

    /** What the rules that do not hold say. */
    private static List<String> broken(JsonNode document, JsonNode before) throws Exception {
        var messages = new ArrayList<String>();
        for (var definition : Crds.definitions()) {
            var names = definition.getSpec().getNames();
            if (!names.getKind().equals(document.get("kind").textValue())) continue;
            var version = definition.getSpec().getVersions().getFirst();
            check(version.getSchema().getOpenAPIV3Schema(), document, before, messages);
        }
        return messages;
    }

    private static void check(
            JSONSchemaProps schema, JsonNode self, JsonNode before, List<String> messages)
            throws Exception {
        for (var rule : schema.getXKubernetesValidations()) {
            if (!holds(rule, self, before)) messages.add(rule.getMessage());
        }
        if (schema.getItems() != null) {
            for (var item : self) check(schema.getItems().getSchema(), item, item, messages);
        }
        if (schema.getProperties() == null) return;
        for (var each : schema.getProperties().entrySet()) {
            var part = self.path(each.getKey());
            if (part.isMissingNode()) continue;
            check(each.getValue(), part, before.path(each.getKey()), messages);
        }
    }

    private static boolean holds(ValidationRule rule, JsonNode self, JsonNode before)
            throws Exception {
        var program = RUNTIME.createProgram(COMPILER.compile(rule.getRule()).getAst());
        return (Boolean) program.eval(Map.of("self", value(self), "oldSelf", value(before)));
    }

    /** Kubernetes writes names that are words of the language between underscores. */
    private static Object value(JsonNode node) throws IOException {
        var text = node.toString().replace("\"package\":", "\"__package__\":");
        return new ObjectMapper().readValue(text, Object.class);
    }
}
