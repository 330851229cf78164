package io.quartermaster.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.runner.Templates.Unrenderable;
import io.quartermaster.step.KubernetesAction.Apply;
import io.quartermaster.step.KubernetesAction.Job;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainValuesTest {
    private static final String TEXT = "data: \\{a: {value}}";

    private static Templates with(String value) {
        return new Templates(Map.of("value", value), name -> Optional.of("a: b\n#c"));
    }

    private static String applied(String value, String text) {
        var apply = new Apply(text, null, null, "default", false, false);
        var step = PlanStep.of("add", new Step.Kubernetes(apply, null));
        var action = ((Step.Kubernetes) with(value).render(step).step()).action();
        return String.valueOf(((Apply) action).manifests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\n---\nkind: ClusterRoleBinding",
                "x\u2028y",
                "x, hostNetwork: true",
                "x, hostNetwork:\ttrue",
                "x:",
                "x #",
                "#",
                "x\", \"hostNetwork\":true",
                "x','hostNetwork':true",
                "{}",
                "[a]",
                "x}",
                "&a",
                "*a",
                "!!binary",
                "|",
                "> x",
                "- x",
                "? x",
                "---",
                "%YAML",
                "@x",
                "`x"
            })
    void a_value_that_could_be_more_than_one_text_is_refused_without_being_quoted(String value) {
        var apply = assertThrows(Unrenderable.class, () -> applied(value, TEXT)).getMessage();
        assertTrue(apply.contains("'add': the value of {value} is not plain enough"), apply);
        assertFalse(apply.contains("hostNetwork"), apply);
        var job = PlanStep.of("run", new Step.Kubernetes(new Job(TEXT, "default"), null));
        assertThrows(Unrenderable.class, () -> with(value).render(job));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8080",
                "-5",
                "registry.example:5000/web:1.2",
                "a b, c",
                "https://x/y?z=1#f",
                "::1",
                "a=b;c",
                "~",
                "50%"
            })
    void plain_words_and_texts_pass(String value) {
        assertEquals("data: {a: " + value + "}", applied(value, TEXT));
    }

    @Test
    void secrets_and_what_the_plan_itself_says_pass() {
        assertEquals("x: a: b\n#c", applied("", "x: {secret:any}"));
        assertEquals("{a: b}", applied("", "{#if value == ''}\\{a: b}{/if}"));
    }

    @Test
    void texts_that_are_no_manifests_take_any_value() {
        var step = PlanStep.of("greet", new Step.Command(null, "echo {value}"));
        var rendered = (Step.Command) with("a: b\n#c").render(step).step();
        assertEquals("echo a: b\n#c", rendered.apply());
    }
}
