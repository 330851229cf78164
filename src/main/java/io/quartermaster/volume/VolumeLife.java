package io.quartermaster.volume;

import io.quartermaster.volume.Volume.Attachment;
import io.quartermaster.volume.Volume.Gone;
import io.quartermaster.volume.Volume.Live;
import io.quartermaster.volume.Volume.Seen;
import io.quartermaster.volume.Volume.Stage;
import io.quartermaster.volume.VolumeEvent.Ending;

/** What the events make of a volume. What comes late says nothing about the present. */
final class VolumeLife {

    private VolumeLife() {}

    static Volume after(Volume state, VolumeEvent event) {
        return switch (event) {
            case VolumeEvent.Requested(String tenant, VolumeSpec spec) ->
                    made(tenant, spec, Stage.CREATING, state);
            case VolumeEvent.Created(String tenant, VolumeSpec spec) ->
                    made(tenant, spec, Stage.PRESENT, state);
            case VolumeEvent.Reported reported -> seen(state, reported);
            case VolumeEvent.Deleted deleted -> gone(state, deleted);
            case VolumeEvent.Resized resized ->
                    state instanceof Live live
                            ? live.as(live.spec().sized(resized.to(), live.spec().tier()))
                            : state;
            case VolumeEvent.Retyped retyped ->
                    state instanceof Live live
                            ? live.as(live.spec().sized(live.spec().sizeBytes(), retyped.to()))
                            : state;
            case VolumeEvent.Relabelled relabelled ->
                    state instanceof Live live ? live.as(relabelled.spec()) : state;
            case VolumeEvent.HandedOver handed ->
                    state instanceof Live live ? live.ownedBy(handed.to()) : state;
            case VolumeEvent.Attached attached ->
                    state instanceof Live live
                            ? live.attached(
                                    new Attachment(
                                            attached.machine(), attached.deleteOnTermination()))
                            : state;
            case VolumeEvent.Detached detached ->
                    state instanceof Live live ? live.attached(null) : state;
            case VolumeEvent.DeleteRequested requested ->
                    state instanceof Live live ? live.ending(requested.why()) : state;
        };
    }

    private static Live made(String tenant, VolumeSpec spec, Stage stage, Volume before) {
        return new Live(tenant, spec, stage, null, null, false, before.seen());
    }

    private static Volume seen(Volume state, VolumeEvent.Reported reported) {
        var sighting = reported.sighting();
        if (!state.seen().isBefore(sighting.observedAt(), sighting.sourceVersion())) return state;
        var seen = new Seen(sighting.observedAt(), sighting.sourceVersion());
        return switch (state) {
            case Live live -> live.as(sighting.spec()).seen(seen);
            case Gone gone when !gone.at().isBefore(seen.at()) -> new Gone(gone.at(), seen);
            case Gone gone -> appeared(reported, seen);
            case Volume.None none -> appeared(reported, seen);
        };
    }

    private static Volume appeared(VolumeEvent.Reported reported, Seen seen) {
        var spec = reported.sighting().spec();
        return new Live(reported.tenant(), spec, Stage.PRESENT, null, null, true, seen);
    }

    private static Volume gone(Volume state, VolumeEvent.Deleted deleted) {
        var seen = state.seen();
        if (deleted.why() != Ending.REPORTED) return new Gone(deleted.at(), seen);
        if (state instanceof Gone gone && gone.at().isAfter(deleted.at())) return state;
        if (!seen.isBefore(deleted.at(), deleted.sourceVersion())) return state;
        return new Gone(deleted.at(), new Seen(deleted.at(), deleted.sourceVersion()));
    }
}
