package io.quartermaster.operator;

import io.quartermaster.view.Condition;
import io.quartermaster.view.Condition.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The status of a custom resource: what the view shows, what became of the resource itself, and
 * what was there before, since a transition's time is that of the last change. A pure function.
 */
final class StatusDocument {
    /** Of kstatus: it works on it, or will not get on without a change; never both. */
    private static final List<String> PROGRESS = List.of("Reconciling", "Stalled");

    private final List<String> types;
    private final Instant now;

    /** What the reconciler has to say about itself. */
    sealed interface Standing {

        /** What the resource says is what is wanted. */
        record InForce() implements Standing {}

        /** It is not, and an earlier generation may be. */
        record Stalled(String reason, String message) implements Standing {}

        /** It waits for something. */
        record Waiting(String reason, String message) implements Standing {}

        /** It was deleted and is not gone yet. */
        record Deleting(String reason, String message) implements Standing {}
    }

    /**
     * @param types of the kind's conditions, all of which are always there
     */
    StatusDocument(List<String> types, Instant now) {
        this.types = types;
        this.now = now;
    }

    /**
     * The status.
     *
     * @param generation of the resource that the standing speaks of
     * @param before the status that is there now
     */
    Map<String, Object> write(Seen seen, Standing standing, long generation, Map<?, ?> before) {
        var status = new LinkedHashMap<String, Object>(seen.fields());
        status.put("observedGeneration", generation);
        var conditions = new ArrayList<Map<String, Object>>();
        for (var type : types) {
            boolean refused = standing instanceof Standing.Stalled;
            long about = refused ? observed(type, before) : generation;
            conditions.add(written(find(type, seen, standing), about, before));
        }
        for (var type : PROGRESS) {
            conditions.add(written(progress(type, seen, standing), generation, before));
        }
        status.put("conditions", conditions);
        return status;
    }

    private static Condition find(String type, Seen seen, Standing standing) {
        if (type.equals("Deleting")
                && standing instanceof Standing.Deleting(var why, var message)) {
            return condition(type, Status.True, why, message);
        }
        return seen.conditions().stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseGet(() -> unknown(type, standing));
    }

    /** What no view says: nothing is known of it, and why is told once, beside what hinders. */
    private static Condition unknown(String type, Standing standing) {
        if (List.of("Deleting", "Paused", "Remediating").contains(type)) {
            return condition(type, Status.False, "Not" + type, "");
        }
        var reason =
                switch (standing) {
                    case Standing.Stalled(String why, String message) -> why;
                    case Standing.Waiting(String why, String message) -> why;
                    case Standing.InForce inForce -> type + "Unknown";
                    case Standing.Deleting deleting -> type + "Unknown";
                };
        return condition(type, Status.Unknown, reason, "");
    }

    private static Condition progress(String type, Seen seen, Standing standing) {
        var holding =
                switch (standing) {
                    case Standing.Stalled(String reason, String message) ->
                            condition("Stalled", Status.True, reason, message);
                    case Standing.Waiting(String reason, String message) ->
                            condition("Reconciling", Status.True, reason, message);
                    case Standing.Deleting(String reason, String message) ->
                            condition("Reconciling", Status.True, reason, message);
                    case Standing.InForce inForce -> inView(seen).orElse(null);
                };
        return holding != null && holding.type().equals(type)
                ? holding
                : condition(type, Status.False, "Not" + type, "");
    }

    private static Optional<Condition> inView(Seen seen) {
        if (seen.equals(Seen.NOTHING)) {
            return Optional.of(condition("Reconciling", Status.True, "Reconciling", ""));
        }
        return seen.conditions().stream()
                .filter(each -> PROGRESS.contains(each.type()) && each.status() == Status.True)
                .findFirst();
    }

    private static Condition condition(String type, Status status, String reason, String message) {
        return new Condition(type, status, reason, message, Instant.EPOCH, 0);
    }

    private Map<String, Object> written(Condition condition, long generation, Map<?, ?> before) {
        var old = conditionOf(condition.type(), before);
        var status = condition.status().name();
        boolean same = status.equals(old.get("status"));
        var written = new LinkedHashMap<String, Object>();
        written.put("type", condition.type());
        written.put("status", status);
        written.put("reason", condition.reason());
        written.put("message", shortened(condition.message()));
        written.put(
                "lastTransitionTime",
                same && old.get("lastTransitionTime") != null
                        ? old.get("lastTransitionTime")
                        : seconds(now));
        written.put("observedGeneration", generation);
        return written;
    }

    /** As metav1.Time has it: whole seconds. */
    private static String seconds(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond()).toString();
    }

    /** The limit of metav1.Condition is 32,768 bytes; people read less. */
    private static String shortened(String message) {
        return message.length() <= 2000 ? message : message.substring(0, 2000) + "...";
    }

    private static long observed(String type, Map<?, ?> before) {
        return conditionOf(type, before).get("observedGeneration") instanceof Number number
                ? number.longValue()
                : 0;
    }

    /** Whether the status says that a condition holds. */
    static boolean isTrue(String type, Map<?, ?> status) {
        return Status.True.name().equals(conditionOf(type, status).get("status"));
    }

    private static Map<?, ?> conditionOf(String type, Map<?, ?> status) {
        if (!(status.get("conditions") instanceof List<?> conditions)) return Map.of();
        return conditions.stream()
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(each -> (Map<?, ?>) each)
                .filter(each -> Objects.equals(type, each.get("type")))
                .findFirst()
                .orElse(Map.of());
    }
}
