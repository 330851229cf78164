package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Failure.Retry;
import io.quartermaster.step.KubernetesAction.Apply;
import io.quartermaster.step.StepResult.Changed;
import io.quartermaster.step.StepResult.Unchanged;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyingTest {
    private static final String SETTINGS =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {a: "%s", mode: no}
            """;

    @TempDir Path directory;
    Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster(directory);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Apply apply(String manifests) {
        return new Apply(manifests, null, null, cluster.namespace, false, false);
    }

    private Apply released(String manifests) {
        return new Apply(manifests, null, null, cluster.namespace, false, true);
    }

    @Test
    void what_is_missing_is_made_and_what_is_as_declared_is_left_alone() throws Exception {
        assertEquals(new Changed(), cluster.perform(1, apply(SETTINGS.formatted("1"))));
        var made = cluster.at("configmaps/settings");
        assertEquals("1", made.at("/data/a").asText());
        assertEquals("no", made.at("/data/mode").asText(), "a country, as in YAML 1.2");

        assertEquals(new Unchanged(), cluster.perform(2, apply(SETTINGS.formatted("1"))));
        assertEquals(made, cluster.at("configmaps/settings"));

        assertEquals(new Changed(), cluster.perform(3, apply(SETTINGS.formatted("2"))));
        assertEquals("2", cluster.at("configmaps/settings").at("/data/a").asText());
    }

    @Test
    void an_object_says_which_machine_and_run_changed_it_last() throws Exception {
        cluster.perform(3, apply(SETTINGS.formatted("1")));
        cluster.perform(4, apply(SETTINGS.formatted("1")));
        var annotations = cluster.at("configmaps/settings").at("/metadata/annotations");
        assertEquals("web-1/3/0", annotations.path("quartermaster.io/applied-by").asText());
    }

    @Test
    void who_comes_back_to_a_step_that_was_done_says_that_it_changed_something() throws Exception {
        cluster.perform(3, apply(SETTINGS.formatted("1")));
        assertEquals(new Changed(), cluster.perform(3, apply(SETTINGS.formatted("1"))));
        assertTrue(cluster.said.output().contains("changed before"), cluster.said.output());
    }

    @Test
    void a_field_that_is_no_longer_declared_is_removed() throws Exception {
        cluster.perform(1, apply(SETTINGS.formatted("1")));
        cluster.perform(2, apply(SETTINGS.formatted("1").replace(", mode: no", "")));
        assertFalse(cluster.at("configmaps/settings").path("data").has("mode"));
    }

    @Test
    void what_somebody_else_made_the_same_is_taken_into_care_once() throws Exception {
        cluster.make(SETTINGS.formatted("1").replace("no}", "\"no\"}"));
        assertEquals(new Changed(), cluster.perform(1, apply(SETTINGS.formatted("1"))));
        assertEquals(new Unchanged(), cluster.perform(2, apply(SETTINGS.formatted("1"))));
    }

    @Test
    void fields_that_others_manage_are_a_failure_that_names_them() throws Exception {
        var file = directory.resolve("theirs.yaml");
        Files.writeString(file, SETTINGS.formatted("theirs").replace("no}", "\"no\"}"));
        cluster.server.kubectl(
                "apply",
                "--server-side",
                "--field-manager=their-tool",
                "-n",
                cluster.namespace,
                "-f",
                file.toString());
        var failure = cluster.failure(apply(SETTINGS.formatted("ours")));
        assertEquals("apply-conflict", failure.code());
        assertTrue(failure.reason().contains("their-tool"), failure::reason);
        assertTrue(failure.reason().contains(".data.a"), failure::reason);
        assertEquals(Retry.POINTLESS, failure.retry());

        var forced =
                new Apply(SETTINGS.formatted("ours"), null, null, cluster.namespace, true, false);
        assertEquals(new Changed(), cluster.perform(1, forced));
        assertEquals("ours", cluster.at("configmaps/settings").at("/data/a").asText());
    }

    @Test
    void definitions_and_namespaces_come_before_what_uses_them() throws Exception {
        var group = cluster.namespace + ".example.org";
        var text =
                """
                apiVersion: GROUP/v1
                kind: Wheel
                metadata: {name: front, namespace: NAMESPACE-b}
                spec: {spokes: 36}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: NAMESPACE-b}
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: wheels.GROUP}
                spec:
                  group: GROUP
                  names: {kind: Wheel, plural: wheels}
                  scope: Namespaced
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema:
                          type: object
                          x-kubernetes-preserve-unknown-fields: true
                """
                        .replace("GROUP", group)
                        .replace("NAMESPACE", cluster.namespace);
        assertEquals(new Changed(), cluster.perform(1, apply(text)));
        var path = "/apis/" + group + "/v1/namespaces/" + cluster.namespace + "-b/wheels/front";
        assertEquals(36, cluster.read(path).at("/spec/spokes").asInt());
        assertEquals(new Unchanged(), cluster.perform(2, apply(text)));
    }

    @Test
    void manifests_may_be_a_file_on_the_daemons_side() throws Exception {
        Files.writeString(directory.resolve("settings.yaml"), SETTINGS.formatted("{no template}"));
        var apply = new Apply(null, "settings.yaml", null, cluster.namespace, false, false);
        assertEquals(new Changed(), cluster.perform(1, apply));
        assertEquals("{no template}", cluster.at("configmaps/settings").at("/data/a").asText());

        var missing = new Apply(null, "other.yaml", null, cluster.namespace, false, false);
        assertEquals("source-unreadable", cluster.failure(missing).code());
    }

    @Test
    void kustomize_makes_manifests_of_a_directory() throws Exception {
        var base = Files.createDirectory(directory.resolve("base"));
        Files.writeString(
                base.resolve("settings.yaml"), SETTINGS.formatted("1").replace("no}", "\"no\"}"));
        Files.writeString(
                base.resolve("kustomization.yaml"),
                "namePrefix: my-\nresources: [settings.yaml]\n");
        var apply = new Apply(null, null, "base", cluster.namespace, false, false);
        var kubectl = KubeBinaries.required().of("kubectl").getParent().toString();
        cluster.executor = withPath(kubectl);
        assertEquals(new Changed(), cluster.perform(1, apply));
        assertEquals("1", cluster.at("configmaps/my-settings").at("/data/a").asText());

        Files.delete(base.resolve("settings.yaml"));
        var failure = cluster.failure(apply);
        assertEquals("kustomize-failed", failure.code());
        assertTrue(failure.reason().contains("settings.yaml"), failure::reason);
    }

    @Test
    void without_a_program_kustomize_is_a_failure_that_says_what_to_install() throws Exception {
        Files.createDirectory(directory.resolve("base"));
        cluster.executor = withPath("/nowhere:");
        var apply = new Apply(null, null, "base", cluster.namespace, false, false);
        assertEquals("kustomize-missing", cluster.failure(apply).code());
    }

    private KubeExecutor withPath(String path) {
        return new KubeExecutor(
                cluster.clusters,
                Cluster.sources(directory),
                path,
                java.time.InstantSource.system());
    }

    @Test
    void what_the_server_refuses_is_a_failure_in_its_words() throws Exception {
        var failure = cluster.failure(apply(SETTINGS.formatted("1").replace("settings", "Set_it")));
        assertEquals("object-refused", failure.code());
        assertTrue(failure.reason().contains("Set_it"), failure::reason);
    }

    @Test
    void a_kind_that_the_cluster_does_not_know_is_a_failure_at_once() throws Exception {
        var failure = cluster.failure(apply("{apiVersion: v1, kind: Wheel, metadata: {name: a}}"));
        assertEquals("kind-unknown", failure.code());
    }

    @Test
    void what_was_applied_for_a_machine_alone_goes_with_it() throws Exception {
        var two = SETTINGS.formatted("1") + "---\n" + SETTINGS.replace("settings", "more");
        cluster.perform(1, released(two));
        assertEquals(new Changed(), cluster.takeBack(released(two)));
        assertTrue(cluster.at("configmaps/settings").isMissingNode());
        assertTrue(cluster.at("configmaps/more").isMissingNode());
        assertEquals(new Unchanged(), cluster.takeBack(released(two)));
    }

    @Test
    void what_was_there_before_is_applied_to_but_not_taken_back() throws Exception {
        cluster.perform(1, apply(SETTINGS.formatted("1")));
        cluster.perform(2, released(SETTINGS.formatted("2")));
        assertTrue(cluster.said.output().contains("was there before; it stays"));
        assertEquals(new Unchanged(), cluster.takeBack(released(SETTINGS.formatted("2"))));
        assertEquals("2", cluster.at("configmaps/settings").at("/data/a").asText());
    }

    @Test
    void a_namespace_that_was_rendered_empty_is_a_failure() throws Exception {
        var nowhere = new Apply(SETTINGS.formatted("1"), null, null, "", false, false);
        assertEquals("name-invalid", cluster.failure(nowhere).code());
    }

    @Test
    void what_belongs_to_another_machine_or_to_all_stays() throws Exception {
        cluster.perform(1, apply(SETTINGS.formatted("1")));
        assertEquals(new Unchanged(), cluster.takeBack(released(SETTINGS.formatted("1"))));
        assertEquals("1", cluster.at("configmaps/settings").at("/data/a").asText());
    }
}
