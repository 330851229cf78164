package io.quartermaster.simulation;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.step.PlanStep;
import io.quartermaster.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes plans whose revisions have the same steps with other contents. */
final class PlanBook {

    private final RandomGenerator random;
    private final Map<String, Integer> revisions = new HashMap<>();
    private final Map<String, List<Integer>> kinds = new HashMap<>();

    PlanBook(RandomGenerator random) {
        this.random = random;
    }

    /** The plan's next revision. */
    PlanSpec next(String plan) {
        int revision = revisions.merge(plan, 1, Integer::sum);
        List<Integer> of =
                kinds.computeIfAbsent(
                        plan, any -> random.ints(2L + random.nextInt(4), 0, 8).boxed().toList());
        List<PlanStep> steps = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            steps.add(step(plan, i, of.get(i), revision));
        }
        return new PlanSpec(Map.of(), steps, Map.of());
    }

    private PlanStep step(String plan, int index, int kind, int revision) {
        String path = "/" + plan + index;
        return switch (kind) {
            case 0 -> planStep("reboot " + index, new Step.Reboot(List.of()), null, null);
            case 1 ->
                    planStep(
                            "count " + index,
                            new Step.Command(null, "count " + revision),
                            null,
                            null);
            case 2 -> file(index, path, revision, "facts.os == 'debian'");
            default -> file(index, path, revision, null);
        };
    }

    private PlanStep file(int index, String path, int revision, @Nullable String when) {
        String content = "revision " + revision + " for {machine.name}";
        Step step = new Step.File(path, content, null, "0644", null, null);
        return planStep("file " + index, step, when, "rm " + path);
    }

    private PlanStep planStep(
            String name, Step step, @Nullable String when, @Nullable String undo) {
        return new PlanStep(
                name,
                step,
                when,
                Duration.ofMinutes(2),
                random.nextInt(4),
                Duration.ofSeconds(1 + random.nextInt(5)),
                undo);
    }
}
