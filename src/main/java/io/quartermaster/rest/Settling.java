package io.quartermaster.rest;

import io.quartermaster.rest.request.Waiting;
import io.quartermaster.view.deployment.DeploymentRow;
import io.quartermaster.view.deployment.DeploymentStatus;
import io.quartermaster.view.deployment.Deployments;
import io.quartermaster.view.machine.MachineRow;
import io.quartermaster.view.machine.MachineStatus;
import io.quartermaster.view.machine.Machines;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Waits for what follows from a write, also in vain: what waits for a person settles nothing. */
@Singleton
final class Settling {
    private final Waiting waiting;
    private final Deployments deployments;
    private final Machines machines;

    @Inject
    Settling(Waiting waiting, Deployments deployments, Machines machines) {
        this.waiting = waiting;
        this.deployments = deployments;
        this.machines = machines;
    }

    static boolean isComplete(DeploymentRow row) {
        return DeploymentStatus.complete(row);
    }

    /** Whether it is complete, and no machine stands as it did when the restart was asked for. */
    static boolean isRestarted(DeploymentRow row, Instant began) {
        return isComplete(row) && (row.stillSince() == null || row.stillSince().isAfter(began));
    }

    /** The deployment when it is complete, or when the patience ends. */
    Optional<DeploymentRow> complete(String name, Duration patience) {
        return until(name, row -> isComplete(row) || DeploymentStatus.stalled(row), patience);
    }

    /** The deployment when every machine was run again, or when the patience ends. */
    Optional<DeploymentRow> restarted(String name, Instant began, Duration patience) {
        return until(
                name, row -> isRestarted(row, began) || DeploymentStatus.stalled(row), patience);
    }

    /** Empty when the deployment is gone; the deployment when the patience ends before. */
    Optional<DeploymentRow> gone(String name, Duration patience) {
        return until(name, DeploymentStatus::stalled, patience);
    }

    private Optional<DeploymentRow> until(
            String name, Predicate<DeploymentRow> settled, Duration patience) {
        return waiting.until(
                row -> row.map(settled::test).orElse(true), () -> deployments.get(name), patience);
    }

    /** The machine when it is ready, gone or waits for a person, or when the patience ends. */
    Optional<MachineRow> machine(String id, Duration patience) {
        return waiting.until(
                row -> row.map(MachineStatus::settled).orElse(true),
                () -> machines.get(id),
                patience);
    }
}
