package io.quartermaster.runner;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.TemplateException;
import io.quartermaster.step.PlanStep;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Renders the texts of steps with Qute, strictly: an unknown name is an error. What stands in a
 * dollar sign's braces belongs to the shell and is left alone; a brace is written with a backslash.
 */
final class Templates {

    private static final int LONGEST = 1 << 20;
    private static final long LIMIT_MILLIS = 5_000;

    private final Engine engine;
    private final Map<String, Object> scope;
    private final Set<String> secretsUsed = new TreeSet<>();

    /**
     * @param scope the names that templates may use
     */
    Templates(Map<String, Object> scope, Secrets secrets) {
        this.scope = scope;
        this.engine =
                Engine.builder()
                        .addDefaults()
                        .strictRendering(true)
                        .timeout(LIMIT_MILLIS)
                        .addNamespaceResolver(
                                NamespaceResolver.builder("secret")
                                        .resolveAsync(context -> secret(context, secrets))
                                        .build())
                        .build();
    }

    private CompletionStage<Object> secret(EvalContext context, Secrets secrets) {
        return secrets.value(context.getName())
                .map(
                        value -> {
                            secretsUsed.add(value);
                            return CompletableFuture.<Object>completedFuture(value);
                        })
                .orElseGet(
                        () ->
                                CompletableFuture.failedFuture(
                                        new TemplateException(
                                                "there is no secret '" + context.getName() + "'")));
    }

    /** Values of the secrets that were rendered so far: what output may not show. */
    Set<String> secretsUsed() {
        return Set.copyOf(secretsUsed);
    }

    /**
     * The step with its texts rendered.
     *
     * @throws Unrenderable naming the step and what is wrong
     */
    PlanStep render(PlanStep step) {
        return step.rendered(text -> render(step.name(), text));
    }

    /** Whether the step's condition holds; a step without one is always executed. */
    boolean holds(PlanStep step) {
        String when = step.when();
        if (when == null) {
            return true;
        }
        if (when.contains("{") || when.contains("}")) {
            throw new Unrenderable(
                    step.name(),
                    "its condition '" + when + "' must be an expression without braces");
        }
        return render(step.name(), "{#if " + when + "}yes{/if}").equals("yes");
    }

    private String render(String step, String text) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        try {
            String rendered = engine.parse(text.replace("${", "$\\{")).render(scope);
            if (rendered.length() > LONGEST) {
                throw new Unrenderable(
                        step,
                        "a text of it is longer than " + LONGEST + " characters when rendered");
            }
            return rendered;
        } catch (TemplateException refused) {
            throw new Unrenderable(step, firstLine(refused));
        }
    }

    private static String firstLine(TemplateException refused) {
        String message =
                refused.getMessage() == null ? "it cannot be rendered" : refused.getMessage();
        return message.lines().findFirst().orElse("it cannot be rendered");
    }

    /** A step cannot be rendered. */
    static final class Unrenderable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unrenderable(String step, String why) {
            super("step '" + step + "': " + why, null, false, false);
        }
    }
}
