package io.quartermaster.manifest;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.deployment.PlanSpec.Parameter;
import io.quartermaster.manifest.text.Described;
import io.quartermaster.step.PlanStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The spec of a ProvisioningPlan, both ways; its steps are in {@link StepForm}. */
final class PlanForm {
    static final String[] FIELDS = {"parameters", "steps"};

    /** Names that mean something else in templates. */
    private static final Set<String> TAKEN = Set.of("facts", "host", "machine");

    private static final Shape PARAMETER =
            new Shape(
                    Shape.IDENTIFIER.expected() + ", and not facts, host or machine",
                    Shape.IDENTIFIER.longest(),
                    Code.BAD_FORMAT,
                    true,
                    name -> Shape.IDENTIFIER.unfit(name).isEmpty() && !TAKEN.contains(name));
    private static final Shape VALUE = Shape.any(Limits.VALUE);

    private PlanForm() {}

    static PlanSpec read(Fields spec, Map<String, String> labels) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        spec.find("parameters")
                .map(value -> value.entries(Limits.PARAMETERS, PARAMETER))
                .orElse(Map.of())
                .forEach((name, value) -> parameters.put(name, parameter(value)));
        List<Value> items =
                spec.require("steps").map(value -> value.items(1, Limits.STEPS)).orElse(List.of());
        Set<String> known = new HashSet<>(TAKEN);
        known.addAll(parameters.keySet());
        return new PlanSpec(Collections.unmodifiableMap(parameters), steps(items, known), labels);
    }

    private static Parameter parameter(Value value) {
        return value.fields("default", "description")
                .map(
                        fields ->
                                new Parameter(
                                        fields.find("default")
                                                .map(each -> each.secret().text(VALUE))
                                                .orElse(null),
                                        fields.textOrNull(
                                                "description",
                                                Shape.any(Limits.PARAMETER_DESCRIPTION))))
                .orElse(new Parameter(null, null));
    }

    private static List<PlanStep> steps(List<Value> items, Set<String> known) {
        Set<String> names = new HashSet<>();
        List<PlanStep> steps = new ArrayList<>();
        for (Value item : items) {
            StepForm.read(item, names)
                    .ifPresent(
                            step -> {
                                check(step, item, known);
                                if (!step.name().isEmpty() && !names.add(step.name())) {
                                    reportTwice(step.name(), item);
                                }
                                steps.add(step);
                            });
        }
        return List.copyOf(steps);
    }

    private static void reportTwice(String name, Value item) {
        item.part("name")
                .report(
                        Code.DUPLICATE,
                        "an earlier step has the name "
                                + Described.quoted(name)
                                + " already; give each step a name of its own");
    }

    private static void check(PlanStep step, Value item, Set<String> known) {
        for (String name : Placeholders.unknown(step, known)) {
            item.report(
                    Code.UNKNOWN_PARAMETER,
                    ("the step uses {%s}, and the plan has no such parameter; declare it,"
                                    + " or write \\{%s} for braces")
                            .formatted(name, name));
        }
    }

    /** Values for parameters, as a deployment gives them. */
    static Map<String, String> values(Value value) {
        return value.secret().texts(Limits.PARAMETERS, Shape.IDENTIFIER, VALUE);
    }

    static Written write(PlanSpec spec) {
        Map<String, Object> parameters = new TreeMap<>();
        spec.parameters()
                .forEach(
                        (name, parameter) ->
                                parameters.put(
                                        name,
                                        new Written()
                                                .put("default", parameter.defaultValue())
                                                .put("description", parameter.description())
                                                .map()));
        return new Written()
                .entries("parameters", parameters)
                .list("steps", spec.steps().stream().map(StepForm::write).toList());
    }
}
