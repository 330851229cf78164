package io.quartermaster.view.machine;

import io.quartermaster.step.Failure;
import io.quartermaster.view.Condition;
import io.quartermaster.view.Condition.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a machine for its readers, the same over HTTP and in Kubernetes.
 *
 * @param observedGeneration the stream's version, since every event of a machine is one of its own
 * @param phase one word, for display only
 * @param run number of the newest run, 0 before the first
 * @param failures failed runs since the last good one
 */
public record MachineStatus(
        long observedGeneration,
        String phase,
        Instant phaseSince,
        @Nullable String host,
        int run,
        int failures,
        @Nullable Instant readySince,
        @Nullable Failure failure,
        @Nullable Instant retryAt,
        MachineRow.@Nullable Pause waiting,
        @Nullable String releaseReason,
        List<Condition> conditions) {

    /** The status that follows from a row. */
    public static MachineStatus of(MachineRow row) {
        return new MachineStatus(
                row.version(),
                row.phase(),
                row.phaseSince(),
                row.host(),
                row.run(),
                row.failures(),
                row.readySince(),
                row.failure(),
                row.retryAt(),
                row.waiting(),
                row.releaseReason(),
                new Conditions(row).all());
    }

    /** Whether nothing more will happen by itself: it is ready, gone, or waits for a person. */
    public static boolean settled(MachineRow row) {
        return switch (row.phase()) {
            case "ready" -> row.releaseReason() == null;
            case "released" -> true;
            default -> stalled(row);
        };
    }

    private static boolean stalled(MachineRow row) {
        return row.phase().equals("failed") && row.retryAt() == null;
    }

    /** The types are those of Cluster API's v1beta2 contract, and kstatus' two. */
    private record Conditions(MachineRow row) {

        List<Condition> all() {
            boolean ready = row.phase().equals("ready");
            boolean leaving = row.releaseReason() != null;
            var why = Optional.ofNullable(row.failure()).map(Failure::reason).orElse("");
            var conditions = new ArrayList<Condition>();
            conditions.add(ready("Ready", ready));
            conditions.add(ready("Available", ready));
            conditions.add(
                    pair(
                            "InfrastructureReady",
                            row.host() != null,
                            row.host() == null ? "it waits for a host" : ""));
            conditions.add(pair("Updating", row.phase().equals("updating"), ""));
            conditions.add(condition("HealthCheckSucceeded", Status.Unknown, "NoHealthCheck", ""));
            conditions.add(
                    pair("Deleting", leaving, Optional.ofNullable(row.releaseReason()).orElse("")));
            conditions.add(pair("Paused", false, ""));
            if (stalled(row)) conditions.add(condition("Stalled", Status.True, "RunFailed", why));
            else if (!settled(row)) conditions.add(pair("Reconciling", true, pause()));
            return conditions;
        }

        private Condition ready(String type, boolean ready) {
            if (ready) return condition(type, Status.True, type, "");
            var obstacle = Obstacle.of(row);
            return condition(type, Status.False, obstacle.reason(), obstacle.message());
        }

        private String pause() {
            return Optional.ofNullable(row.waiting()).map(pause -> pause.why().reason()).orElse("");
        }

        private Condition pair(String type, boolean holds, String message) {
            return condition(type, Status.of(holds), holds ? type : "Not" + type, message);
        }

        private Condition condition(String type, Status status, String reason, String message) {
            return new Condition(type, status, reason, message, row.phaseSince(), row.version());
        }
    }
}
