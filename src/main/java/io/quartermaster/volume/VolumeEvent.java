package io.quartermaster.volume;

import io.quartermaster.es.Wire;
import io.quartermaster.volume.VolumeCommand.Sighting;
import java.time.Instant;

/** What happens to a volume. Sizes are absolute: nobody ever has to add or subtract. */
public sealed interface VolumeEvent {

    @Wire("volume.requested")
    record Requested(String tenant, VolumeSpec spec) implements VolumeEvent {}

    /** It is there. */
    @Wire("volume.created")
    record Created(String tenant, VolumeSpec spec) implements VolumeEvent {}

    @Wire("volume.resized")
    record Resized(long from, long to) implements VolumeEvent {}

    @Wire("volume.retyped")
    record Retyped(String from, String to) implements VolumeEvent {}

    @Wire("volume.relabelled")
    record Relabelled(VolumeSpec spec) implements VolumeEvent {}

    @Wire("volume.handed-over")
    record HandedOver(String from, String to) implements VolumeEvent {}

    /** It was seen elsewhere; may come late, and then says nothing about the present. */
    @Wire("volume.reported")
    record Reported(String tenant, Sighting sighting) implements VolumeEvent {}

    @Wire("volume.attached")
    record Attached(String machine, boolean deleteOnTermination) implements VolumeEvent {}

    @Wire("volume.detached")
    record Detached(String machine) implements VolumeEvent {}

    /** Nobody uses it any more, so nobody pays for it any more; it may take a while to be gone. */
    @Wire("volume.delete-requested")
    record DeleteRequested(Ending why, String reason, Instant at) implements VolumeEvent {}

    /**
     * It is gone since then. Every way to end a volume ends here, also when nothing else is known
     * of it.
     *
     * @param sourceVersion a reporter's own count of changes, 0 without one
     */
    @Wire("volume.deleted")
    record Deleted(Ending why, String reason, Instant at, long sourceVersion)
            implements VolumeEvent {}

    /** The ways in which a volume ends. */
    enum Ending {
        /** Somebody asked for it. */
        USER,
        /** It was attached to a machine that was given up. */
        WITH_MACHINE,
        /** Its tenant was closed. */
        WITH_TENANT,
        /** It could not be made. */
        CREATION_FAILED,
        /** A person ended it in the books. */
        FORCED,
        /** It was found to be gone although nobody had asked for it. */
        RECONCILED,
        /** Whoever keeps it elsewhere said so. */
        REPORTED
    }
}
