package io.quartermaster.operator;

import io.quartermaster.manifest.Kind;
import java.time.InstantSource;
import java.util.List;

/** Which conditions the resources of a kind always have. Types are those of Cluster API v1beta2. */
final class Conditions {
    private static final List<String> PLAIN = List.of("Ready", "Deleting");
    private static final List<String> HOST = List.of("Ready", "Available", "Reachable", "Deleting");
    private static final List<String> DEPLOYMENT =
            List.of(
                    "Available",
                    "Progressing",
                    "MachinesReady",
                    "MachinesUpToDate",
                    "RollingOut",
                    "ScalingUp",
                    "ScalingDown",
                    "Remediating",
                    "Deleting",
                    "Paused");
    private static final List<String> MACHINE =
            List.of(
                    "Ready",
                    "Available",
                    "UpToDate",
                    "Updating",
                    "InfrastructureReady",
                    "HealthCheckSucceeded",
                    "Deleting",
                    "Paused");

    private final InstantSource clock;

    Conditions(InstantSource clock) {
        this.clock = clock;
    }

    /** Of what is declared. */
    StatusDocument of(Kind kind) {
        return new StatusDocument(
                switch (kind) {
                    case TENANT, MACHINE_CLASS, PROVISIONING_PLAN, VOLUME -> PLAIN;
                    case HOST -> HOST;
                    case MACHINE_DEPLOYMENT -> DEPLOYMENT;
                },
                clock.instant());
    }

    /** Of machines. */
    StatusDocument ofMachine() {
        return new StatusDocument(MACHINE, clock.instant());
    }
}
