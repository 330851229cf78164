package io.quartermaster.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.runner.Templates.Unrenderable;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

    private static final Map<String, Object> SCOPE =
            Map.of(
                    "port",
                    "8080",
                    "machine",
                    Map.of("name", "web-1", "class", "small"),
                    "facts",
                    Map.of(
                            "os",
                            "debian",
                            "cpus",
                            4,
                            "addresses",
                            List.of("192.0.2.1", "192.0.2.2")),
                    "host",
                    Map.of("vars", Map.of("zone", "a")));

    private final Templates templates =
            new Templates(
                    SCOPE, name -> name.equals("token") ? Optional.of("s3cr3t") : Optional.empty());

    private String render(String text) {
        PlanStep step = PlanStep.of("greet", new Step.Command(null, text));
        return ((Step.Command) templates.render(step).step()).apply();
    }

    private String refusal(String text) {
        return assertThrows(Unrenderable.class, () -> render(text)).getMessage();
    }

    private boolean holds(String when) {
        Step nothing = new Step.Command(null, "true");
        return templates.holds(
                new PlanStep(
                        "maybe", nothing, when, Duration.ofMinutes(1), 0, Duration.ZERO, null));
    }

    @Test
    void names_are_replaced_by_their_values() {
        assertEquals("listen 8080 on web-1", render("listen {port} on {machine.name}"));
    }

    @Test
    void an_unknown_name_is_an_error_that_names_the_step_and_the_name() {
        String message = refusal("listen {prot}");
        assertTrue(message.contains("'greet'") && message.contains("prot"), message);
    }

    @Test
    void an_unknown_name_within_a_known_one_is_an_error() {
        assertTrue(refusal("{host.vars.zoen}").contains("zoen"));
    }

    @Test
    void a_default_stands_for_what_may_be_missing() {
        assertEquals("b", render("{host.vars.rack ?: 'b'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo ${HOME} ${x:-y}",
                "f() { echo hi; }",
                "find . -exec ls {} \\;",
                "{\"json\": {\"a\": [1, 2]}}",
                "grep -E 'a{2}b{1,3}'",
                "echo {1..5}",
                "if true; then echo }; fi",
                "100% $1 \\n \\t",
            })
    void what_is_the_shells_is_left_alone(String text) {
        assertEquals(text, render(text));
    }

    @Test
    void text_between_bars_is_left_alone_whatever_it_is() {
        assertEquals("echo ${HOME} {port} a{2}", render("{|echo ${HOME} {port} a{2}|}"));
    }

    @Test
    void a_brace_is_written_with_a_backslash() {
        assertEquals("{port} is 8080", render("\\{port} is {port}"));
    }

    @Test
    void a_shell_word_that_looks_like_a_name_is_an_error_that_shows_it() {
        assertTrue(refusal("awk '{print $1}'").contains("print"));
    }

    @Test
    void sections_decide_and_repeat() {
        assertEquals(
                "a=192.0.2.1 a=192.0.2.2 big",
                render("{#each facts.addresses}a={it} {/each}{#if facts.cpus > 2}big{/if}"));
    }

    @Test
    void a_secret_is_rendered_and_remembered_for_masking() {
        assertEquals("login s3cr3t", render("login {secret:token}"));
        assertEquals(Set.of("s3cr3t"), templates.secretsUsed());
    }

    @Test
    void a_secret_that_nobody_asked_for_is_not_remembered() {
        render("login {port}");
        assertEquals(Set.of(), templates.secretsUsed());
    }

    @Test
    void an_unknown_secret_is_an_error_that_names_it() {
        assertTrue(refusal("login {secret:tokne}").contains("tokne"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{port.class}",
                "{port.getClass}",
                "{port.getClass()}",
                "{port.length()}",
                "{machine.getClass.forName('x')}",
                "{facts.addresses.stream}",
                "{facts.addresses.get(9)}",
                "{#if facts.cpus > 'x'}y{/if}",
                "{#include other /}",
                "{#insert /}",
                "{#eval port /}",
                "{inject:bean}",
                "{config:key}",
                "{#for x in port}{x}{/for}",
            })
    void nothing_but_values_can_be_reached(String text) {
        assertFalse(refusal(text).isBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{#for i in 1000000000}x{/for}",
                "{#for i in 4000000000L}x{/for}",
                "{#for i in 10001}x{/for}",
                "{#for i in 9000}{#for j in 9000}{#for k in 9000}x{/for}{/for}{/for}",
                "{#for i in 9000}{#for j in 1000000000}x{/for}{/for}",
            })
    void loops_end(String text) {
        assertTrue(refusal(text).contains("10000 turns"), text);
    }

    @Test
    void loops_of_one_text_do_not_count_for_the_next() {
        for (int i = 0; i < 3; i++) {
            assertEquals(9_000, render("{#for i in 9000}x{/for}").length());
        }
    }

    @Test
    void a_text_that_grows_too_long_is_refused() {
        String page = "x".repeat(1_000);
        assertTrue(refusal("{#for i in 9000}" + page + "{/for}").contains("longer than"));
    }

    @Test
    void sections_that_are_nested_too_deeply_are_refused() {
        int depth = 20_000;
        assertFalse(refusal("{#if true}".repeat(depth) + "{/if}".repeat(depth)).isBlank());
    }

    @Test
    void a_section_that_does_not_end_is_refused() {
        assertTrue(refusal("{#if port}x").contains("unterminated"));
    }

    @Test
    void a_condition_is_an_expression() {
        assertTrue(holds("facts.os == 'debian'"));
        assertFalse(holds("facts.cpus > 8"));
        assertTrue(holds("host.vars.rack.or(true)"));
    }

    @Test
    void a_condition_with_braces_is_refused() {
        assertThrows(Unrenderable.class, () -> holds("true}{#if true"));
    }

    @Test
    void a_condition_with_an_unknown_name_is_refused() {
        assertThrows(Unrenderable.class, () -> holds("facts.ox == 'debian'"));
    }
}
