package io.quartermaster.runner;

import io.quartermaster.step.KubernetesAction;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the paths of rendered steps. A manifest's paths are checked when it is read, but what a
 * template makes of them is known only now.
 */
final class Paths {

    private static final int LONGEST = 4096;
    private static final int SHOWN = 200;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    /** A path that a step names, and where in the step. */
    private record Named(String key, @Nullable String path, boolean absolute) {}

    private Paths() {}

    /**
     * Refuses a step of which a path is relative, climbs with {@code ..}, holds a control character
     * or has more than 4096 characters. Paths of the daemon's own files may be relative: they are
     * bound to its directories where they are read.
     *
     * @param secrets what the message may not show
     * @throws Unsafe naming the step, the key and what is wrong
     */
    static void check(PlanStep rendered, Collection<String> secrets) {
        for (Named named : named(rendered.step())) {
            String wrong = wrong(named);
            if (!wrong.isEmpty()) {
                String path = new Masker(secrets).mask(String.valueOf(named.path()));
                throw new Unsafe(
                        "step '%s': its %s is '%s' when rendered, which %s"
                                .formatted(rendered.name(), named.key(), shown(path), wrong));
            }
        }
    }

    private static String wrong(Named named) {
        String path = named.path();
        if (path == null) {
            return "";
        }
        if (CONTROL.matcher(path).find()) {
            return "holds a control character";
        }
        if (path.length() > LONGEST) {
            return "has more than " + LONGEST + " characters";
        }
        if (Arrays.asList(path.split("/")).contains("..")) {
            return "climbs with '..'";
        }
        return named.absolute() && !path.startsWith("/") ? "is not absolute" : "";
    }

    private static String shown(String path) {
        String plain = CONTROL.matcher(path).replaceAll("?");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "...";
    }

    private static List<Named> named(Step step) {
        return switch (step) {
            case Step.File file -> List.of(there("file.path", file.path()), here(file.source()));
            case Step.Directory directory -> List.of(there("directory.path", directory.path()));
            case Step.Upload upload ->
                    List.of(there("upload.path", upload.path()), here(upload.source()));
            case Step.Script script ->
                    List.of(there("script.creates", script.creates()), here(script.source()));
            case Step.User user ->
                    List.of(there("user.home", user.home()), there("user.shell", user.shell()));
            case Step.Packages packages -> files(packages);
            case Step.Command ignored -> List.of();
            case Step.Service ignored -> List.of();
            case Step.Reboot ignored -> List.of();
            case Step.Wait ignored -> List.of();
            case Step.Kubernetes kubernetes -> documents(kubernetes.action());
        };
    }

    private static List<Named> documents(KubernetesAction action) {
        return action instanceof KubernetesAction.Apply apply
                ? List.of(here(apply.source()), new Named("kustomize", apply.kustomize(), false))
                : List.of();
    }

    private static List<Named> files(Step.Packages packages) {
        List<Named> files = new ArrayList<>();
        for (String file : packages.files()) {
            files.add(there("package.files[" + files.size() + "]", file));
        }
        return files;
    }

    /** A path on the machine. */
    private static Named there(String key, @Nullable String path) {
        return new Named(key, path, true);
    }

    /** A path on the daemon's side. */
    private static Named here(@Nullable String source) {
        return new Named("source", source, false);
    }

    /** A path of a step must not be used. */
    static final class Unsafe extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unsafe(String why) {
            super(why, null, false, false);
        }
    }
}
