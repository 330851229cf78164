package io.quartermaster.view.deployment;

import io.quartermaster.view.Condition;
import io.quartermaster.view.Condition.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The status of a deployment for its readers, the same over HTTP and in Kubernetes.
 *
 * @param observedGeneration the generation that everything else here speaks of
 * @param phase one word, for display only
 * @param replicas machines that are not being released
 * @param selector what selects its machines, as text
 */
public record DeploymentStatus(
        long observedGeneration,
        String phase,
        int replicas,
        int readyReplicas,
        int availableReplicas,
        int upToDateReplicas,
        int failedReplicas,
        int leavingReplicas,
        int planRevision,
        List<Condition> conditions) {

    /** The status that follows from a row. */
    public static DeploymentStatus of(DeploymentRow row) {
        var counts = row.counts();
        return new DeploymentStatus(
                row.generation(),
                row.state(),
                counts.replicas(),
                counts.ready(),
                counts.available(),
                counts.upToDate(),
                counts.failed(),
                counts.leaving(),
                row.revision(),
                new Conditions(row).all());
    }

    /** Whether it is as wanted and nothing is left to do. */
    public static boolean complete(DeploymentRow row) {
        return row.state().equals("complete");
    }

    /** Whether nothing more will happen before a person acts. */
    public static boolean stalled(DeploymentRow row) {
        return row.state().equals("failed");
    }

    /** The types are those of Cluster API's v1beta2 contract, and kstatus' two. */
    private record Conditions(DeploymentRow row) {

        List<Condition> all() {
            var conditions = new ArrayList<>(machines());
            conditions.addAll(movements());
            if (stalled(row)) conditions.add(waitsForAPerson());
            else if (!complete(row)) conditions.add(pair("Reconciling", true, ""));
            return conditions;
        }

        private List<Condition> machines() {
            var counts = row.counts();
            int there = counts.replicas();
            boolean available = counts.available() >= wanted() && !row.deleting();
            return List.of(
                    available(available, of(counts.available(), wanted(), "can be used")),
                    progressing(of(counts.ready(), wanted(), "are ready")),
                    pair(
                            "MachinesReady",
                            counts.ready() == there,
                            of(counts.ready(), there, "are ready")),
                    pair(
                            "MachinesUpToDate",
                            counts.upToDate() == there,
                            of(counts.upToDate(), there, "are as the template says")));
        }

        private Condition available(boolean available, String counted) {
            return available
                    ? pair("Available", true, counted)
                    : condition(
                            "Available", Status.False, reason("NotAvailable"), counted + first());
        }

        /** As Kubernetes' own deployments have it: false only when a person has to act. */
        private Condition progressing(String counted) {
            if (complete(row)) return condition("Progressing", Status.True, "Complete", counted);
            var going = Status.of(!stalled(row));
            return condition("Progressing", going, reason("Progressing"), counted + first());
        }

        private String reason(String otherwise) {
            return Optional.ofNullable(row.trouble())
                    .map(trouble -> trouble.obstacle().reason())
                    .orElse(otherwise);
        }

        /** The first of what keeps machines from being ready. */
        private String first() {
            return Optional.ofNullable(row.trouble())
                    .map(trouble -> "; " + trouble.machine() + ": " + trouble.obstacle().message())
                    .orElse("");
        }

        private List<Condition> movements() {
            var counts = row.counts();
            int outdated = counts.replicas() - counts.upToDate();
            boolean shrinking = counts.leaving() > 0 && !row.deleting();
            var leaving = counts.leaving() + " machines are being released";
            return List.of(
                    pair("RollingOut", outdated > 0, outdated + " machines are to be changed"),
                    pair(
                            "ScalingUp",
                            counts.replicas() < wanted(),
                            of(counts.replicas(), wanted(), "are there")),
                    pair("ScalingDown", shrinking, leaving),
                    pair("Deleting", row.deleting(), row.deleting() ? leaving : ""),
                    pair("Paused", false, ""));
        }

        private int wanted() {
            return row.deleting() ? 0 : row.spec().replicas();
        }

        private static String of(int some, int all, String what) {
            return some + " of " + all + " machines " + what;
        }

        private Condition waitsForAPerson() {
            var message = row.counts().failed() + " machines are failed and wait for a person";
            return condition("Stalled", Status.True, "MachinesFailed", message + first());
        }

        private Condition pair(String type, boolean holds, String message) {
            var reason = holds ? type : "Not" + type;
            return condition(type, Status.of(holds), reason, message);
        }

        private Condition condition(String type, Status status, String reason, String message) {
            return new Condition(type, status, reason, message, row.changedAt(), row.generation());
        }
    }
}
