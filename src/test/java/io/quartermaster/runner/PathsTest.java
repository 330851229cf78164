package io.quartermaster.runner;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.MachineEvent;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    private static Step.File file(String path) {
        return new Step.File(path, "text", null, "0644", null, null);
    }

    private static String refusal(Step step) {
        return assertThrows(
                        Paths.Unsafe.class,
                        () -> Paths.check(PlanStep.of("app", step), Set.of("s3cr3t")))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/app.conf", "/srv/a b/..c", "/srv/...", "/"})
    void a_plain_path_is_fine(String path) {
        assertDoesNotThrow(() -> Paths.check(PlanStep.of("app", file(path)), Set.of()));
    }

    @Test
    void a_refusal_names_the_step_the_key_what_was_found_and_what_is_wrong() {
        assertEquals(
                "step 'app': its file.path is 'etc/app' when rendered, which is not absolute",
                refusal(file("etc/app")));
        assertTrue(refusal(file("")).endsWith("is not absolute"));
        assertTrue(refusal(file("/srv/..")).endsWith("climbs with '..'"));
        assertTrue(refusal(file("/srv/../etc/shadow")).endsWith("climbs with '..'"));
        assertTrue(
                refusal(file("/srv/\0/x"))
                        .endsWith("'/srv/?/x' when rendered, which holds a control character"));
        assertTrue(refusal(file("/a\nb")).endsWith("holds a control character"));
        assertTrue(refusal(file("/" + "a".repeat(4096))).endsWith("has more than 4096 characters"));
    }

    static List<Step> climbing() {
        String path = "/srv/../etc";
        return List.of(
                file(path),
                new Step.File("/srv/x", null, path, "0644", null, null),
                new Step.Directory(path, "0755", null, null),
                new Step.Kubernetes(
                        new KubernetesAction.Apply(null, path, null, "default", false, false),
                        null),
                new Step.Kubernetes(
                        new KubernetesAction.Apply(null, null, path, "default", false, false),
                        null),
                new Step.Upload("app.tar", path, "0644", null, null, null),
                new Step.Upload(path, "/srv/app.tar", "0644", null, null, null),
                new Step.Script("true", null, List.of(), path),
                new Step.Script(null, path, List.of(), null),
                new Step.User("demo", null, path, List.of(), List.of(), Step.Sudo.NONE, false),
                new Step.User("demo", path, null, List.of(), List.of(), Step.Sudo.NONE, false),
                new Step.Packages(List.of(), List.of("/a.deb", path), Step.Packages.State.PRESENT));
    }

    @ParameterizedTest
    @MethodSource("climbing")
    void every_path_of_every_kind_is_looked_at(Step step) {
        assertTrue(refusal(step).endsWith("climbs with '..'"));
    }

    @Test
    void the_daemons_own_files_may_be_named_by_relative_paths() {
        var upload = new Step.Upload("app/{x}.tar", "/srv/app.tar", "0644", null, null, null);
        assertDoesNotThrow(() -> Paths.check(PlanStep.of("app", upload), Set.of()));
    }

    @Test
    void a_secret_in_a_path_is_not_shown() {
        assertFalse(refusal(file("/srv/s3cr3t/../x")).contains("s3cr3t"));
    }

    @Test
    void what_templates_make_is_checked() {
        var templates = new Templates(Map.of("name", "../../etc"), name -> Optional.empty());
        assertThrows(
                Paths.Unsafe.class,
                () -> templates.render(PlanStep.of("app", file("/srv/{name}/passwd"))));
    }

    @Test
    void a_template_that_makes_an_unsafe_path_fails_the_run_before_anything_is_done() {
        var relative =
                new RunnerKit(
                        RunnerKit.step("first", "echo 1"),
                        PlanStep.of(
                                "app",
                                new Step.Directory("{host.labels.pool}/x", "0755", null, null)));
        relative.perform();
        assertEquals(List.of(), relative.given());
        var failure = ((MachineEvent.Failed) relative.last()).failure();
        assertEquals("unsafe-path", failure.code());
        assertEquals(
                "step 'app': its directory.path is 'a/x' when rendered, which is not absolute",
                failure.reason());
    }
}
