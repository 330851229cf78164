package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.KubernetesAction.Delete;
import io.quartermaster.step.KubernetesAction.Gone;
import io.quartermaster.step.KubernetesAction.Subject;
import io.quartermaster.step.StepResult.Changed;
import io.quartermaster.step.StepResult.Unchanged;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeletingTest {
    Cluster cluster;
    Subject settings;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster();
        settings = new Subject("v1", "ConfigMap", "settings", cluster.namespace);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void make(String name, String metadata) {
        cluster.make(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s%s}}"
                        .formatted(name, metadata));
    }

    @Test
    void what_is_there_is_deleted_and_what_is_not_is_nothing_to_do() throws Exception {
        make("settings", "");
        assertEquals(new Changed(), cluster.perform(1, new Delete(settings, false)));
        assertTrue(cluster.at("configmaps/settings").isMissingNode());
        assertEquals(new Unchanged(), cluster.perform(1, new Delete(settings, false)));
    }

    @Test
    void dependents_go_first_unless_they_are_orphaned() throws Exception {
        for (boolean orphan : new boolean[] {false, true}) {
            make("settings", "");
            var uid = cluster.at("configmaps/settings").at("/metadata/uid").asText();
            make(
                    "dependent",
                    (", ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: settings, uid: %s,"
                                    + " blockOwnerDeletion: true}]")
                            .formatted(uid));
            assertEquals(new Changed(), cluster.perform(1, new Delete(settings, orphan)));
            assertEquals(!orphan, cluster.at("configmaps/dependent").isMissingNode());
        }
    }

    @Test
    void what_its_finalizers_keep_is_a_failure_that_names_them() throws Exception {
        make("settings", ", finalizers: [example.com/hold]");
        cluster.limit = Duration.ofSeconds(1);
        var failure = cluster.failure(new Delete(settings, false));
        assertEquals("step-timeout", failure.code());
        assertTrue(failure.reason().contains("example.com/hold"), failure::reason);

        failure = cluster.failure(new Gone(settings));
        assertTrue(failure.reason().contains("example.com/hold"), failure::reason);
        cluster.client
                .configMaps()
                .inNamespace(cluster.namespace)
                .withName("settings")
                .edit(c -> c.edit().editMetadata().withFinalizers().endMetadata().build());
        assertEquals(new Unchanged(), cluster.perform(1, new Gone(settings)));
    }

    @Test
    void an_unknown_kind_is_neither_gone_nor_deleted() throws Exception {
        var wheel = new Subject("example.com/v1", "Wheel", "front", "default");
        assertEquals("kind-unknown", cluster.failure(new Gone(wheel)).code());
        assertEquals("kind-unknown", cluster.failure(new Delete(wheel, false)).code());
        assertFalse(cluster.said.calls.isEmpty());
    }
}
