package io.quartermaster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.HostSpec;
import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.Validation.Valid;
import io.quartermaster.step.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestsTest {
    private static final String HEAD = "apiVersion: quartermaster.io/v1alpha1\n";
    private static final String DEPLOYMENT =
            HEAD
                    + """
                      kind: MachineDeployment
                      metadata: {name: web, tenant: acme}
                      spec: {replicas: 3, template: {class: small, plan: web-base}}
                      """;
    private static final String PLAN =
            HEAD
                    + """
                      kind: ProvisioningPlan
                      metadata: {name: web-base}
                      spec: {steps: [{name: app directory, directory: {path: /srv/app}}]}
                      """;
    private static final String CLASS =
            HEAD
                    + """
                      kind: MachineClass
                      metadata: {name: small}
                      spec: {provider: inventory}
                      """;

    @Test
    void what_is_referred_to_comes_before_what_refers_to_it() {
        var streams =
                valid(DEPLOYMENT, host("a", "b"), host("b", "c"), host("c", null), PLAN, CLASS)
                        .stream()
                        .map(change -> change.stream().toString())
                        .toList();
        assertEquals(
                List.of(
                        "machine-class/small",
                        "plan/web-base",
                        "host/c",
                        "host/b",
                        "host/a",
                        "plan/web-base",
                        "machine-class/small",
                        "deployment/web",
                        "tenant/acme"),
                streams);
    }

    @Test
    void a_deployment_subscribes_to_what_it_uses_before_it_is_applied() {
        var commands = valid(CLASS, PLAN, DEPLOYMENT).stream().map(Change::command).toList();
        assertEquals(new PlanCommand.Subscribe("web"), commands.get(2));
        assertEquals(new MachineClass.Command.Subscribe("web"), commands.get(3));
        assertInstanceOf(DeploymentCommand.Apply.class, commands.get(4));
    }

    @Test
    void a_change_says_whose_it_is_and_which_document_asked_for_it() {
        var change = valid(CLASS, PLAN, DEPLOYMENT).getLast();
        assertEquals("acme", change.tenant());
        assertEquals(2, change.document());
        assertEquals("MachineDeployment", change.kind());
        assertEquals("web", change.name());
    }

    @Test
    void what_exists_is_asked_for_once() {
        var asked = new ArrayList<String>();
        var existing = new Existing();
        var references =
                new References() {
                    @Override
                    public Optional<HostSpec> host(String name) {
                        asked.add("host " + name);
                        return existing.host(name);
                    }

                    @Override
                    public Optional<MachineClass.Spec> machineClass(String name) {
                        asked.add("class " + name);
                        return existing.machineClass(name);
                    }

                    @Override
                    public Optional<PlanSpec> plan(String name) {
                        asked.add("plan " + name);
                        return existing.plan(name);
                    }
                };
        var text =
                Stream.of("one", "two")
                        .flatMap(name -> Stream.of(host(name, "jump-1"), deployment(name)))
                        .collect(Collectors.joining("---\n"));
        Manifests.validate(parsed(text).documents(), references);
        assertEquals(List.of("host jump-1", "class small", "plan existing"), asked);
    }

    @Test
    void the_manifest_of_the_demo_is_good() throws IOException {
        var demo = Path.of("src/main/resources/demo/manifest.yaml");
        assertEquals(6, valid(Files.readString(demo)).size());
    }

    private static String deployment(String name) {
        return DEPLOYMENT.replace("name: web", "name: " + name).replace("web-base", "existing");
    }

    @Test
    void manifests_know_every_kind_of_step() {
        assertEquals(Step.KINDS.keySet(), Set.copyOf(StepKind.NAMES));
    }

    @Test
    void yaml_and_json_are_recognised_by_their_media_types() {
        assertEquals(Optional.of(MediaKind.YAML), MediaKind.of("application/yaml"));
        assertEquals(Optional.of(MediaKind.YAML), MediaKind.of("Text/YAML; charset=utf-8"));
        assertEquals(Optional.of(MediaKind.JSON), MediaKind.of("application/json;charset=UTF-8"));
        assertEquals(Optional.empty(), MediaKind.of("text/plain"));
    }

    private static String host(String name, @Nullable String bastion) {
        return HEAD
                + """
                  kind: Host
                  metadata: {name: %s}
                  spec:
                    address: %s.example
                    user: deploy
                    credentials: {agent: true}
                  """
                        .formatted(name, name)
                + (bastion == null ? "" : "  bastion: " + bastion + "\n");
    }

    private static List<Change> valid(String... documents) {
        var parsed = parsed(String.join("---\n", documents));
        var validation = Manifests.validate(parsed.documents(), References.NONE);
        return assertInstanceOf(Valid.class, validation, validation::toString).changes();
    }

    private static Parsed parsed(String text) {
        var reading = Manifests.read(text, MediaKind.YAML);
        return assertInstanceOf(Parsed.class, reading, reading::toString);
    }
}
