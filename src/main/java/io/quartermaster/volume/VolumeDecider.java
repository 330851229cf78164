package io.quartermaster.volume;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import io.quartermaster.volume.Volume.Attachment;
import io.quartermaster.volume.Volume.Gone;
import io.quartermaster.volume.Volume.Live;
import io.quartermaster.volume.Volume.None;
import io.quartermaster.volume.Volume.Seen;
import io.quartermaster.volume.Volume.Stage;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeEvent.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rules of a volume. */
public final class VolumeDecider implements Decider<VolumeCommand, Volume, VolumeEvent> {

    /** The type of a volume's stream; its key is the volume's name. */
    public static final String STREAM = "volume";

    @Override
    public String streamType() {
        return STREAM;
    }

    @Override
    public Class<VolumeCommand> commands() {
        return VolumeCommand.class;
    }

    @Override
    public Class<VolumeEvent> events() {
        return VolumeEvent.class;
    }

    @Override
    public Volume initial() {
        return new None();
    }

    @Override
    public List<VolumeEvent> decide(VolumeCommand command, Volume state) {
        return switch (command) {
            case VolumeCommand.Define define -> define(define, state);
            case VolumeCommand.Report report -> report(report, state);
            case VolumeCommand.ReportDeleted report -> reportDeleted(report, state);
            case VolumeCommand.LoseMachine lost -> loseMachine(lost, state);
            case VolumeCommand.LoseTenant lost -> loseTenant(lost, state);
            case VolumeCommand.ConfirmCreated confirmed -> confirmCreated(existing(state));
            case VolumeCommand.FailCreation failed -> failCreation(failed, existing(state));
            case VolumeCommand.HandOver handOver -> handOver(handOver.tenant(), existing(state));
            case VolumeCommand.Attach attach -> attach(attach, existing(state));
            case VolumeCommand.Detach detach ->
                    existing(state) instanceof Live live && live.attachment() != null
                            ? List.of(new VolumeEvent.Detached(live.attachment().machine()))
                            : List.of();
            case VolumeCommand.Delete delete -> delete(delete, existing(state));
            case VolumeCommand.ConfirmDeleted gone ->
                    existing(state) instanceof Live live
                            ? List.of(gone(live, confirmed(live), "confirmed", gone.at()))
                            : List.of();
            case VolumeCommand.ForceDelete force ->
                    existing(state) instanceof Live live
                            ? List.of(gone(live, Ending.FORCED, force.reason(), force.at()))
                            : List.of();
        };
    }

    private static Volume existing(Volume state) {
        if (state instanceof None) {
            throw new Rejected(
                    "volume-unknown",
                    "there is no such volume; list those that are with GET /volumes");
        }
        return state;
    }

    private static Live present(Volume state) {
        if (state instanceof Live live && live.stage() == Stage.PRESENT) return live;
        throw new Rejected(
                "volume-not-present",
                "the volume is "
                        + (state instanceof Live live
                                ? live.stage().name().toLowerCase(Locale.ROOT)
                                : "gone")
                        + "; only one that is present can be changed");
    }

    private static List<VolumeEvent> define(VolumeCommand.Define define, Volume state) {
        if (!(state instanceof Live live)) {
            var wanted = define.spec();
            return List.of(
                    wanted.confirmed()
                            ? new VolumeEvent.Requested(define.tenant(), wanted)
                            : new VolumeEvent.Created(define.tenant(), wanted));
        }
        checkTenant(define.tenant(), live);
        return live.spec().equals(define.spec())
                ? List.of()
                : changes(present(live).spec(), define.spec());
    }

    private static List<VolumeEvent> changes(VolumeSpec now, VolumeSpec wanted) {
        var changes = new ArrayList<VolumeEvent>();
        if (now.sizeBytes() != wanted.sizeBytes()) {
            changes.add(new VolumeEvent.Resized(now.sizeBytes(), wanted.sizeBytes()));
        }
        if (!now.tier().equals(wanted.tier())) {
            changes.add(new VolumeEvent.Retyped(now.tier(), wanted.tier()));
        }
        if (!now.sized(wanted.sizeBytes(), wanted.tier()).equals(wanted)) {
            changes.add(new VolumeEvent.Relabelled(wanted));
        }
        return changes;
    }

    private static void checkTenant(String tenant, Live live) {
        if (tenant.equals(live.tenant())) return;
        throw new Rejected(
                "tenant-immutable",
                "the volume belongs to tenant "
                        + live.tenant()
                        + "; hand it over with POST /volumes/{name}/hand-over");
    }

    private static List<VolumeEvent> report(VolumeCommand.Report report, Volume state) {
        var sighting = report.sighting();
        if (state instanceof Live live) checkTenant(report.tenant(), live);
        return isStale(sighting.observedAt(), sighting.sourceVersion(), state.seen())
                        || isRepeat(sighting, state)
                ? List.of()
                : List.of(new VolumeEvent.Reported(report.tenant(), sighting));
    }

    /** Whether the reporter's own count says that it is old, although its time does not. */
    private static boolean isStale(Instant at, long version, Seen seen) {
        return version > 0 && version < seen.version() && !at.isBefore(seen.at());
    }

    private static boolean isRepeat(Sighting sighting, Volume state) {
        var seen = state.seen();
        if (sighting.sourceVersion() > 0 && sighting.sourceVersion() == seen.version()) return true;
        return sighting.observedAt().equals(seen.at())
                && state instanceof Live live
                && live.spec().equals(sighting.spec());
    }

    private static List<VolumeEvent> reportDeleted(
            VolumeCommand.ReportDeleted report, Volume state) {
        boolean known =
                isStale(report.observedAt(), report.sourceVersion(), state.seen())
                        || state instanceof Gone gone && gone.at().equals(report.observedAt());
        return known
                ? List.of()
                : List.of(
                        new VolumeEvent.Deleted(
                                Ending.REPORTED,
                                "reported",
                                report.observedAt(),
                                report.sourceVersion()));
    }

    private static List<VolumeEvent> confirmCreated(Volume state) {
        return state instanceof Live live && live.stage() == Stage.CREATING
                ? List.of(new VolumeEvent.Created(live.tenant(), live.spec()))
                : List.of();
    }

    private static List<VolumeEvent> failCreation(VolumeCommand.FailCreation failed, Volume state) {
        if (!(state instanceof Live live)) return List.of();
        if (live.stage() == Stage.PRESENT) {
            throw new Rejected(
                    "volume-present",
                    "the volume was created; delete it, or say that it is gone with"
                            + " POST /volumes/{name}/confirm-deleted");
        }
        return List.of(gone(live, Ending.CREATION_FAILED, failed.reason(), failed.at()));
    }

    private static List<VolumeEvent> handOver(String tenant, Volume state) {
        var live = present(state);
        return tenant.equals(live.tenant())
                ? List.of()
                : List.of(new VolumeEvent.HandedOver(live.tenant(), tenant));
    }

    private static List<VolumeEvent> attach(VolumeCommand.Attach attach, Volume state) {
        var live = present(state);
        var wanted = new Attachment(attach.machine(), attach.deleteOnTermination());
        if (wanted.equals(live.attachment())) return List.of();
        if (live.attachment() != null && !live.attachment().machine().equals(attach.machine())) {
            throw attached(live.attachment());
        }
        return List.of(new VolumeEvent.Attached(attach.machine(), attach.deleteOnTermination()));
    }

    private static Rejected attached(Attachment attachment) {
        return new Rejected(
                "volume-attached",
                "the volume is attached to machine "
                        + attachment.machine()
                        + "; detach it first with POST /volumes/{name}/detach");
    }

    private static List<VolumeEvent> loseMachine(VolumeCommand.LoseMachine lost, Volume state) {
        if (!(state instanceof Live live)
                || live.attachment() == null
                || !live.attachment().machine().equals(lost.machine())) {
            return List.of();
        }
        return live.attachment().deleteOnTermination()
                ? end(live, Ending.WITH_MACHINE, "machine " + lost.machine() + " ended", lost.at())
                : List.of(new VolumeEvent.Detached(lost.machine()));
    }

    private static List<VolumeEvent> loseTenant(VolumeCommand.LoseTenant lost, Volume state) {
        return state instanceof Live live && live.tenant().equals(lost.tenant())
                ? end(live, Ending.WITH_TENANT, lost.reason(), lost.at())
                : List.of();
    }

    private static List<VolumeEvent> delete(VolumeCommand.Delete delete, Volume state) {
        if (!(state instanceof Live live)) return List.of();
        if (delete.why() == Ending.USER && live.attachment() != null) {
            throw attached(live.attachment());
        }
        return end(live, delete.why(), delete.reason(), delete.at());
    }

    private static List<VolumeEvent> end(Live live, Ending why, String reason, Instant at) {
        if (live.stage() == Stage.DELETING) return List.of();
        var requested = new VolumeEvent.DeleteRequested(why, reason, later(live, at));
        return live.spec().confirmed()
                ? List.of(requested)
                : List.of(requested, gone(live, why, reason, at));
    }

    /** What was seen later than it ended, by a clock ahead of this one, would be used for ever. */
    private static Instant later(Live live, Instant at) {
        return live.seen().at().isAfter(at) ? live.seen().at() : at;
    }

    /** It may go because somebody asked, or by itself. */
    private static Ending confirmed(Live live) {
        return live.ending() == null ? Ending.RECONCILED : live.ending();
    }

    private static VolumeEvent gone(Live live, Ending why, String reason, Instant at) {
        return new VolumeEvent.Deleted(why, reason, later(live, at), 0);
    }

    @Override
    public Volume evolve(Volume state, VolumeEvent event) {
        return VolumeLife.after(state, event);
    }
}
