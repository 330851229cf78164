package io.quartermaster.billing.usage;

import io.quartermaster.es.Envelope;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the events of machines and volumes mean for money. The switches name every event: one that
 * is added later does not compile until somebody has said here what it means.
 */
public final class Facts {

    /** Sealed roots of the events that mean something. */
    public static final Set<Class<?>> ROOTS = Set.of(MachineEvent.class, VolumeEvent.class);

    private Facts() {}

    /** The fact, if the event is one. */
    public static Optional<Fact> of(Envelope<?> envelope) {
        return switch (envelope.event()) {
            case MachineEvent event -> of(event).map(change -> fact(envelope, change));
            case VolumeEvent event ->
                    of(event).map(change -> fact(envelope, instant(event, envelope), change));
            default -> Optional.empty();
        };
    }

    private static Fact fact(Envelope<?> envelope, Change change) {
        return fact(envelope, envelope.effectiveAt(), change);
    }

    private static Fact fact(Envelope<?> envelope, Instant at, Change change) {
        return new Fact(envelope.eventId(), at, envelope.version(), change);
    }

    private static Optional<Change> of(MachineEvent event) {
        return switch (event) {
            case MachineEvent.Requested requested -> Optional.of(machine(requested.spec()));
            case MachineEvent.Allocated ignored -> Optional.of(Change.to(Phase.ALLOCATED));
            case MachineEvent.SpecChanged changed -> Optional.of(machine(changed.spec()));
            case MachineEvent.BecameReady ignored -> Optional.of(Change.to(Phase.RUNNING));
            case MachineEvent.ReleaseStarted ignored -> Optional.of(Change.to(Phase.ENDING));
            case MachineEvent.Released ignored -> Optional.of(Change.to(Phase.ABSENT));
            case MachineEvent.HostDeclined ignored -> Optional.empty();
            case MachineEvent.RunRequested ignored -> Optional.empty();
            case MachineEvent.RunClaimed ignored -> Optional.empty();
            case MachineEvent.StepsSent ignored -> Optional.empty();
            case MachineEvent.StepFinished ignored -> Optional.empty();
            case MachineEvent.RunWaiting ignored -> Optional.empty();
            case MachineEvent.CancelRequested ignored -> Optional.empty();
            case MachineEvent.RunCompleted ignored -> Optional.empty();
            // One that was ready is kept for its tenant while it fails; one that never was is not
            // running, so it costs nothing unless the price says so.
            case MachineEvent.Failed ignored -> Optional.empty();
        };
    }

    private static Change machine(MachineSpec spec) {
        return new Change(
                null, spec.tenant(), 1L, spec.machineClass(), spec.deployment(), spec.labels());
    }

    private static Optional<Change> of(VolumeEvent event) {
        return switch (event) {
            case VolumeEvent.Requested asked ->
                    Optional.of(volume(asked.tenant(), asked.spec()).with(Phase.ALLOCATED));
            case VolumeEvent.Created made ->
                    Optional.of(volume(made.tenant(), made.spec()).with(Phase.RUNNING));
            case VolumeEvent.Reported seen ->
                    Optional.of(volume(seen.tenant(), seen.sighting().spec()).with(Phase.RUNNING));
            case VolumeEvent.Resized resized -> Optional.of(Change.size(resized.to()));
            case VolumeEvent.Retyped retyped -> Optional.of(Change.product(retyped.to()));
            case VolumeEvent.Relabelled relabelled -> Optional.of(labels(relabelled.spec()));
            case VolumeEvent.HandedOver handed -> Optional.of(Change.tenant(handed.to()));
            case VolumeEvent.DeleteRequested ignored -> Optional.of(Change.to(Phase.ENDING));
            case VolumeEvent.Deleted ignored -> Optional.of(Change.to(Phase.ABSENT));
            case VolumeEvent.Attached ignored -> Optional.empty();
            case VolumeEvent.Detached ignored -> Optional.empty();
        };
    }

    private static Change volume(String tenant, VolumeSpec spec) {
        return new Change(null, tenant, spec.sizeBytes(), spec.tier(), "", spec.labels());
    }

    private static Change labels(VolumeSpec spec) {
        return new Change(null, null, null, null, null, spec.labels());
    }

    /** What was observed elsewhere was so at the observer's time. */
    private static Instant instant(VolumeEvent event, Envelope<?> envelope) {
        return switch (event) {
            case VolumeEvent.Reported(String ignored, Sighting sighting) -> sighting.observedAt();
            case VolumeEvent.DeleteRequested requested -> requested.at();
            case VolumeEvent.Deleted deleted -> deleted.at();
            default -> envelope.effectiveAt();
        };
    }
}
