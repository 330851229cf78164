package io.quartermaster.machine;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Effect.Send;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a host knows of its machine in step with what the machine knows of its host; one
 * instance a machine.
 */
public final class HostAssignment implements Saga<HostAssignment.Seat> {

    /** The host that the machine was given, absent before. */
    public record Seat(@Nullable String host) {}

    @Override
    public String name() {
        return "host-assignment.v1";
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(MachineEvent.class, HostEvent.class);
    }

    @Override
    public Class<Seat> stateType() {
        return Seat.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> envelope) {
        return switch (envelope.event()) {
            case MachineEvent event when concernsHost(event) ->
                    Optional.of(envelope.stream().key());
            case HostEvent.Reserved reserved -> Optional.of(reserved.machine());
            default -> Optional.empty();
        };
    }

    private static boolean concernsHost(MachineEvent event) {
        return event instanceof MachineEvent.Allocated
                || event instanceof MachineEvent.HostDeclined
                || event instanceof MachineEvent.RunRequested
                || event instanceof MachineEvent.Released;
    }

    @Override
    public Seat initial() {
        return new Seat(null);
    }

    @Override
    public Seat evolve(Seat seat, Envelope<?> envelope) {
        return envelope.event() instanceof MachineEvent.Allocated allocated
                ? new Seat(allocated.host())
                : seat;
    }

    @Override
    public List<Effect> react(Seat seat, Envelope<?> envelope) {
        return switch (envelope.event()) {
            case HostEvent.Reserved reserved ->
                    List.of(
                            new Send(
                                    new StreamId(MachineDecider.STREAM, reserved.machine()),
                                    new MachineCommand.Allocate(envelope.stream().key())));
            case MachineEvent event -> onMachine(event, seat, envelope.stream().key());
            default -> List.of();
        };
    }

    private static List<Effect> onMachine(MachineEvent event, Seat seat, String machine) {
        return switch (event) {
            case MachineEvent.HostDeclined declined ->
                    toHost(declined.host(), new HostCommand.Free(machine));
            case MachineEvent.Allocated allocated ->
                    toHost(allocated.host(), new HostCommand.Occupy(machine));
            case MachineEvent.RunRequested requested ->
                    requested.kind() == RunKind.CLEAN && seat.host() != null
                            ? toHost(seat.host(), new HostCommand.Clean(machine))
                            : List.of();
            case MachineEvent.Released released -> released(released, machine);
            case MachineEvent.Requested ignored -> List.of();
            case MachineEvent.SpecChanged ignored -> List.of();
            case MachineEvent.RunClaimed ignored -> List.of();
            case MachineEvent.StepsSent ignored -> List.of();
            case MachineEvent.StepFinished ignored -> List.of();
            case MachineEvent.RunWaiting ignored -> List.of();
            case MachineEvent.CancelRequested ignored -> List.of();
            case MachineEvent.RunCompleted ignored -> List.of();
            case MachineEvent.BecameReady ignored -> List.of();
            case MachineEvent.Failed ignored -> List.of();
            case MachineEvent.ReleaseStarted ignored -> List.of();
        };
    }

    private static List<Effect> released(MachineEvent.Released released, String machine) {
        if (released.host() == null) {
            return List.of();
        }
        List<Effect> free = toHost(released.host(), new HostCommand.Free(machine));
        if (released.forced() == null) {
            return free;
        }
        // Quarantine first: between the two commands nobody may reserve a host that was not
        // cleaned.
        String reason =
                "machine "
                        + machine
                        + " was released by force, its traces may be left: "
                        + released.forced();
        return List.of(
                toHost(released.host(), new HostCommand.Quarantine("not-cleaned", reason))
                        .getFirst(),
                free.getFirst());
    }

    private static List<Effect> toHost(String host, HostCommand command) {
        return List.of(new Send(new StreamId(HostDecider.STREAM, host), command));
    }
}
