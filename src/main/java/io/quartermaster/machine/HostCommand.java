package io.quartermaster.machine;

import io.quartermaster.es.Wire;
import io.quartermaster.step.Facts;

/** What may be asked of a host. */
public sealed interface HostCommand {

    /**
     * Makes it known, or changes what is known; {@code source} is the inventory or manifest that
     * says so.
     */
    @Wire("host.enrol")
    record Enrol(HostSpec spec, String source) implements HostCommand {}

    /** Records the key of the first contact; refused when another is pinned. */
    @Wire("host.pin-key")
    record PinKey(String key) implements HostCommand {}

    /**
     * Accepts whatever key the next contact shows: after a re-image, by a person's decision. Lifts
     * the quarantine.
     */
    @Wire("host.forget-keys")
    record ForgetKeys(String reason) implements HostCommand {}

    /** Records what an inspection saw. */
    @Wire("host.record-facts")
    record RecordFacts(Facts facts) implements HostCommand {}

    /** Keeps it for a machine. Answered by an event either way. */
    @Wire("host.reserve")
    record Reserve(String machine) implements HostCommand {}

    /** The machine's first run begins. */
    @Wire("host.occupy")
    record Occupy(String machine) implements HostCommand {}

    /** The machine goes; its traces are being removed. */
    @Wire("host.clean")
    record Clean(String machine) implements HostCommand {}

    /** The machine is gone from it. */
    @Wire("host.free")
    record Free(String machine) implements HostCommand {}

    /** Takes it out of use because it cannot be trusted. */
    @Wire("host.quarantine")
    record Quarantine(String code, String reason) implements HostCommand {}

    /** Trusts it again. */
    @Wire("host.lift-quarantine")
    record LiftQuarantine(String reason) implements HostCommand {}

    /** No new machines on it; those that are there stay. */
    @Wire("host.start-maintenance")
    record StartMaintenance(String reason) implements HostCommand {}

    /** Takes part again. */
    @Wire("host.end-maintenance")
    record EndMaintenance() implements HostCommand {}

    /** Gives it up for good; refused while a machine is on it. */
    @Wire("host.retire")
    record Retire(String reason) implements HostCommand {}
}
