package io.quartermaster.deployment;

import io.quartermaster.step.PlanStep;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provisioning plan does.
 *
 * @param parameters by name, with the defaults
 * @param steps in order, 1 to 200, their names unique
 */
public record PlanSpec(
        Map<String, Parameter> parameters, List<PlanStep> steps, Map<String, String> labels) {

    /** A parameter; without a default every deployment has to give it. */
    public record Parameter(@Nullable String defaultValue, @Nullable String description) {}
}
