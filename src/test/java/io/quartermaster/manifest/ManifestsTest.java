package io.quartermaster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quartermaster.manifest.Reading.Parsed;
import io.quartermaster.manifest.Validation.Valid;
import java.util.List;
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
                        "deployment/web"),
                streams);
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
        var reading = Manifests.read(String.join("---\n", documents), MediaKind.YAML);
        var parsed = assertInstanceOf(Parsed.class, reading);
        var validation = Manifests.validate(parsed.documents(), References.NONE);
        return assertInstanceOf(Valid.class, validation, validation::toString).changes();
    }
}
