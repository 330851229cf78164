package io.quartermaster.machine;

import io.quartermaster.es.Wire;
import io.quartermaster.step.Facts;

/** What happens to a host. */
public sealed interface HostEvent {

    @Wire(value = "host.enrolled", version = 2)
    record Enrolled(HostSpec spec, String source) implements HostEvent {}

    @Wire(value = "host.spec-changed", version = 2)
    record SpecChanged(HostSpec spec, String source) implements HostEvent {}

    @Wire("host.key-pinned")
    record KeyPinned(String key) implements HostEvent {}

    @Wire("host.keys-forgotten")
    record KeysForgotten(String reason) implements HostEvent {}

    /** Recorded when they differ from the last ones. */
    @Wire("host.inspected")
    record Inspected(Facts facts) implements HostEvent {}

    @Wire("host.reserved")
    record Reserved(String machine) implements HostEvent {}

    /** The host could not be kept for the machine; another has to be found. */
    @Wire("host.reservation-refused")
    record ReservationRefused(String machine, String reason) implements HostEvent {}

    @Wire("host.occupied")
    record Occupied(String machine) implements HostEvent {}

    @Wire("host.cleaning-started")
    record CleaningStarted(String machine) implements HostEvent {}

    @Wire("host.freed")
    record Freed(String machine) implements HostEvent {}

    @Wire("host.quarantined")
    record Quarantined(String code, String reason) implements HostEvent {}

    @Wire("host.quarantine-lifted")
    record QuarantineLifted(String reason) implements HostEvent {}

    @Wire("host.maintenance-started")
    record MaintenanceStarted(String reason) implements HostEvent {}

    @Wire("host.maintenance-ended")
    record MaintenanceEnded() implements HostEvent {}

    @Wire("host.retired")
    record Retired(String reason) implements HostEvent {}
}
