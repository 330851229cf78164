package io.quartermaster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.kube.ApiServer;
import io.quartermaster.operator.schema.Crds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the daemon's account may do, as the API server itself says. */
class RightsTest {
    private static final String OWN_NAMESPACE = "quartermaster-system";
    private static final String ACCOUNTS = "system:serviceaccount:" + OWN_NAMESPACE + ":";
    private static final Path GOLDEN = Path.of("src/test/resources/rights");

    @TempDir private static Path folder;
    private static ApiServer server;

    @BeforeAll
    static void grant() throws IOException {
        server = ApiServer.shared();
        Crds.installOn(server);
        server.kubeconfigOfDaemon();
    }

    @Test
    void elsewhere_it_may_do_what_the_operator_does() throws IOException {
        assertEquals(golden("cluster-wide"), rights("quartermaster", "default"));
    }

    @Test
    void in_its_own_namespace_it_may_lead_as_well() throws IOException {
        assertEquals(golden("own-namespace"), rights("quartermaster", OWN_NAMESPACE));
    }

    @Test
    void where_one_namespace_is_watched_it_may_do_less_and_elsewhere_nothing() throws IOException {
        try (var client = server.client()) {
            var watched = server.newNamespace(client);
            var text =
                    Files.readString(Yaml.ROOT.resolve("namespaced/operator.yaml"))
                            .replace("namespace: default", "namespace: " + watched)
                            .replace("name: quartermaster,", "name: of-one-namespace,");
            var file = Files.writeString(folder.resolve("namespaced.yaml"), text);
            server.kubectl("apply", "-f", file.toString());
            assertEquals(golden("namespaced"), rights("of-one-namespace", watched));
            assertEquals("", rights("of-one-namespace", "default"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "get,secrets",
        "create,pods",
        "delete,pods",
        "create,pods/exec",
        "create,pods/eviction",
        "patch,nodes",
        "delete,namespaces",
        "delete,hosts.quartermaster.io",
        "delete,machinedeployments.quartermaster.io",
        "delete,tenants.quartermaster.io",
        "create,machinedeployments.quartermaster.io",
        "create,clusterrolebindings.rbac.authorization.k8s.io",
        "escalate,clusterroles.rbac.authorization.k8s.io",
        "impersonate,users",
        "create,serviceaccounts/token",
        "patch,customresourcedefinitions.apiextensions.k8s.io",
        "*,*"
    })
    void this_it_may_not(String verb, String resource) throws IOException {
        for (var namespace : new String[] {"default", OWN_NAMESPACE}) {
            var as = "--as=" + ACCOUNTS + "quartermaster";
            var said = server.tryKubectl("auth", "can-i", verb, resource, as, "-n", namespace);
            assertEquals("no", said.text().lines().toList().getLast(), namespace);
        }
    }

    @Test
    void leases_elsewhere_are_not_its_own() throws IOException {
        var as = "--as=" + ACCOUNTS + "quartermaster";
        var said = server.tryKubectl("auth", "can-i", "create", "leases", as, "-n", "default");
        assertEquals("no", said.text().strip());
    }

    private static String golden(String name) throws IOException {
        return Files.readString(GOLDEN.resolve(name + ".txt"));
    }

    /** One line for each resource, without what everybody may: to look around and at themselves. */
    private static String rights(String account, String namespace) throws IOException {
        var said =
                server.kubectl(
                        "auth", "can-i", "--list", "--as=" + ACCOUNTS + account, "-n", namespace);
        return said.lines()
                .skip(1)
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .filter(line -> !line.startsWith("self"))
                .map(line -> line.strip().replaceAll(" +", " "))
                .sorted()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
