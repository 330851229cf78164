package io.quartermaster.manifest;

import io.quartermaster.step.PlanStep;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds names in a step's templates that nothing stands for. Looks only at what is beyond doubt, a
 * bare name in braces; everything else is found out when the step is rendered.
 */
final class Placeholders {
    /**
     * Not after a backslash, which escapes the brace, nor after a dollar sign: that is the shell's.
     */
    private static final Pattern BARE_NAME =
            Pattern.compile("(?<![\\\\$])\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** Sections can give names of their own, and between bars nothing is a template. */
    private static final Pattern OTHER_RULES = Pattern.compile("\\{[#|!@]");

    private static final Set<String> LITERALS = Set.of("true", "false", "null");

    private Placeholders() {}

    /** Bare names in the step's texts other than the known ones, sorted. */
    static Set<String> unknown(PlanStep step, Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        step.rendered(
                text -> {
                    if (!OTHER_RULES.matcher(text).find()) {
                        BARE_NAME
                                .matcher(text)
                                .results()
                                .map(found -> found.group(1))
                                .forEach(unknown::add);
                    }
                    return text;
                });
        unknown.removeAll(known);
        unknown.removeAll(LITERALS);
        return unknown;
    }
}
