package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerTest {
    @Test
    void what_it_knows_outlives_a_stop_and_strangers_may_do_nothing(@TempDir Path directory)
            throws Exception {
        try (var server = ApiServer.start(directory);
                var client = server.client()) {
            var namespace = server.newNamespace(client);
            server.stopApi();
            assertNotEquals(0, server.tryKubectl("get", "namespaces").status());

            server.restartApi();

            assertNotNull(client.namespaces().withName(namespace).get());
            var said = server.tryKubectl("auth", "can-i", "get", "pods", "--as=tester");
            assertEquals("no", said.text().strip());
        }
    }
}
