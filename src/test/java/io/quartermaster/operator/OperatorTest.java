package io.quartermaster.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quartermaster.kube.ApiServer;
import io.quartermaster.kube.KubeBinaries;
import io.quartermaster.rest.EmptyDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Custom resources on a real API server, and the daemon behind them. */
@EnabledIf(
        value = "io.quartermaster.kube.KubeBinaries#areHere",
        disabledReason = KubeBinaries.MISSING)
@QuarkusTest
@TestProfile(OnKubernetes.class)
@QuarkusTestResource(EmptyDatabase.class)
class OperatorTest {
    private final ApiServer server = ApiServer.shared();
    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void openANamespace() throws Exception {
        client = server.client();
        namespace = server.newNamespace(client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void first() throws Exception {
        System.out.println(server.kubectl("apply", "-n", namespace, "-k", "k8s/samples"));
        Thread.sleep(8000);
        System.out.println(server.kubectl("get", "quartermaster", "-n", namespace, "-o", "wide"));
        System.out.println(
                server.kubectl("get", "qmd", "web", "-n", namespace, "-o", "yaml")
                        .replace("x", "x"));
    }
}
