package io.quartermaster.runner;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.SetSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.WhenSectionHelper;
import io.quarkus.qute.WithSectionHelper;
import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Renders the texts of steps with Qute, strictly: an unknown name is an error. What stands in a
 * dollar sign's braces belongs to the shell and is left alone, and so are braces around numbers; a
 * brace is written with a backslash. Only sections whose work is bounded are there: no includes, no
 * templates made of values.
 */
final class Templates {

    private static final int LONGEST = 1 << 20;

    /**
     * What belongs to the shell: <code>${x}</code>, {@code a{2}}, {@code {1..9}}; not within bars.
     */
    private static final Pattern FOREIGN =
            Pattern.compile("\\{\\|.*?\\|}|\\$\\{|(?<!\\\\)\\{(?=[0-9])", Pattern.DOTALL);

    private final BoundedLoops loops = new BoundedLoops();
    private final Engine engine;
    private final Map<String, Object> scope;
    private final Set<String> secretsUsed = new TreeSet<>();
    private boolean inManifest;

    /**
     * @param scope the names that templates may use
     */
    Templates(Map<String, Object> scope, Secrets secrets) {
        this.scope = scope;
        this.engine =
                Engine.builder()
                        .addSectionHelpers(
                                new IfSectionHelper.Factory(),
                                new WithSectionHelper.Factory(),
                                new SetSectionHelper.Factory(),
                                new WhenSectionHelper.Factory(),
                                loops)
                        .addDefaultValueResolvers()
                        .addResultMapper(new PlainValues(() -> inManifest, secretsUsed::contains))
                        .strictRendering(true)
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
     * @throws Paths.Unsafe when a template makes a path that must not be used
     */
    PlanStep render(PlanStep step) {
        PlanStep rendered = step.rendered(text -> renderOf(step, text));
        Paths.check(rendered, secretsUsed);
        return rendered;
    }

    /** The step with only its undo rendered: what does not happen any more need not be rendered. */
    PlanStep renderUndo(PlanStep step) {
        return step.undoRendered(text -> renderOf(step, text));
    }

    /** Values that go into manifests have to be plain. */
    private String renderOf(PlanStep step, String text) {
        inManifest = text.equals(manifest(step));
        try {
            return render(step.name(), text);
        } finally {
            inManifest = false;
        }
    }

    private static @Nullable String manifest(PlanStep step) {
        if (!(step.step() instanceof Step.Kubernetes kubernetes)) {
            return null;
        }
        if (kubernetes.action() instanceof KubernetesAction.Apply apply) {
            return apply.manifests();
        }
        return kubernetes.action() instanceof KubernetesAction.Job job ? job.manifest() : null;
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
        StringBuilder rendered = new StringBuilder();
        loops.rewind();
        try {
            Template template = engine.parse(FOREIGN.matcher(text).replaceAll(Templates::escaped));
            TemplateInstance instance = template.instance().data(scope);
            instance.consume(part -> append(rendered, part)).toCompletableFuture().join();
            return rendered.toString();
        } catch (CompletionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new Unrenderable(step, firstLine(cause));
        } catch (StackOverflowError deep) {
            throw new Unrenderable(step, "its sections are nested too deeply");
        } catch (RuntimeException refused) {
            throw new Unrenderable(step, firstLine(refused));
        }
    }

    private static String escaped(MatchResult found) {
        String verbatim =
                switch (found.group()) {
                    case "{" -> "\\{";
                    case "${" -> "$\\{";
                    case String bars -> bars;
                };
        return Matcher.quoteReplacement(verbatim);
    }

    private static void append(StringBuilder rendered, String part) {
        if (rendered.length() + part.length() > LONGEST) {
            throw new TemplateException(
                    "a text of it is longer than " + LONGEST + " characters when rendered");
        }
        rendered.append(part);
    }

    private static String firstLine(Throwable refused) {
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
