package io.quartermaster.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The daemon's Pods keep Kubernetes' restricted profile, and more: nothing of theirs can be written
 * but their data. See the Pod Security Standards, which the test's API server is too old to hold.
 */
class PodSecurityTest {
    private static final Path WORKLOADS = Yaml.ROOT.resolve("workloads");

    static Stream<Path> workloads() {
        return Stream.of("single/stateful-set.yaml", "replicated/deployment.yaml")
                .map(WORKLOADS::resolve);
    }

    static JsonNode pod(Path file) throws IOException {
        return Yaml.documents(file).getFirst().at("/spec/template/spec");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void it_is_nobody_in_particular_and_can_become_nobody_else(Path file) throws IOException {
        var pod = pod(file);
        var all = pod.path("securityContext");
        assertTrue(all.path("runAsNonRoot").booleanValue());
        assertTrue(all.path("runAsUser").intValue() > 0);
        assertEquals("RuntimeDefault", all.at("/seccompProfile/type").textValue());
        for (var name : List.of("hostNetwork", "hostPID", "hostIPC")) assertFalse(pod.has(name));
        for (var container : pod.path("containers")) {
            var own = container.path("securityContext");
            assertFalse(own.path("allowPrivilegeEscalation").booleanValue());
            assertTrue(own.has("allowPrivilegeEscalation"));
            assertTrue(own.path("readOnlyRootFilesystem").booleanValue());
            assertEquals("[\"ALL\"]", own.at("/capabilities/drop").toString());
            assertFalse(own.at("/capabilities").has("add"));
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void its_volumes_are_of_the_kinds_allowed(Path file) throws IOException {
        var kinds = new TreeSet<String>();
        for (var volume : pod(file).path("volumes"))
            volume.fieldNames().forEachRemaining(kinds::add);
        kinds.remove("name");
        assertEquals(Set.of("emptyDir", "secret"), kinds);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void it_is_asked_how_it_is_and_has_limits(Path file) throws IOException {
        for (var container : pod(file).path("containers")) {
            assertEquals(
                    "/q/health/started", container.at("/startupProbe/httpGet/path").textValue());
            assertEquals("/q/health/live", container.at("/livenessProbe/httpGet/path").textValue());
            assertEquals(
                    "/q/health/ready", container.at("/readinessProbe/httpGet/path").textValue());
            assertTrue(container.at("/resources/requests").has("cpu"));
            assertTrue(container.at("/resources/requests").has("memory"));
            assertTrue(container.at("/resources/limits").has("memory"));
        }
    }
}
