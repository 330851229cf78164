package io.quartermaster.volume;

import io.quartermaster.es.Wire;
import java.time.Instant;

/** What may be asked of a volume. {@code at} is the instant at which it ends in the books. */
public sealed interface VolumeCommand {

    /** Creates it, or brings it to the specification. */
    @Wire("volume.define")
    record Define(String tenant, VolumeSpec spec) implements VolumeCommand {}

    /** Who makes it says that it is there. */
    @Wire("volume.confirm-created")
    record ConfirmCreated() implements VolumeCommand {}

    /** Who makes it says that it could not be made. */
    @Wire("volume.fail-creation")
    record FailCreation(String reason, Instant at) implements VolumeCommand {}

    /** Gives it to another tenant, who pays from then on. */
    @Wire("volume.hand-over")
    record HandOver(String tenant) implements VolumeCommand {}

    /** Storage that lives elsewhere was this large at that time. */
    @Wire("volume.report")
    record Report(String tenant, Sighting sighting) implements VolumeCommand {}

    /** Storage that lives elsewhere was gone at that time. */
    @Wire("volume.report-deleted")
    record ReportDeleted(Instant observedAt, long sourceVersion) implements VolumeCommand {}

    /**
     * Connects it to a machine.
     *
     * @param deleteOnTermination whether it ends with the machine
     */
    @Wire("volume.attach")
    record Attach(String machine, boolean deleteOnTermination) implements VolumeCommand {}

    @Wire("volume.detach")
    record Detach() implements VolumeCommand {}

    /** The machine that it is attached to is given up: it goes too, or is free again. */
    @Wire("volume.lose-machine")
    record LoseMachine(String machine, Instant at) implements VolumeCommand {}

    /** Its tenant is closed: it goes too, unless it is another's by now. */
    @Wire("volume.lose-tenant")
    record LoseTenant(String tenant, String reason, Instant at) implements VolumeCommand {}

    @Wire("volume.delete")
    record Delete(VolumeEvent.Ending why, String reason, Instant at) implements VolumeCommand {}

    /** Who deletes it says that it is gone. */
    @Wire("volume.confirm-deleted")
    record ConfirmDeleted(Instant at) implements VolumeCommand {}

    /** Ends it in the books although nobody confirmed that it is gone; a person's decision. */
    @Wire("volume.force-delete")
    record ForceDelete(String reason, Instant at) implements VolumeCommand {}

    /**
     * What somebody saw of storage that lives elsewhere.
     *
     * @param observedAt when it was so
     * @param sourceVersion the reporter's own count of changes, 0 when it keeps none; decides
     *     between sightings of the same time, and a repeat of the newest one is dropped
     */
    record Sighting(VolumeSpec spec, Instant observedAt, long sourceVersion) {}
}
