package io.quartermaster.deployment;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeDecider;
import io.quartermaster.volume.VolumeEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells the volumes of a machine that it is given up, at the instant at which it was; one instance
 * a machine. A volume that is attached only after that is told at once.
 */
public final class AttachedVolumes implements Saga<AttachedVolumes.State> {

    /**
     * What the instance remembers.
     *
     * @param volumes names of all that were ever attached; one that is elsewhere now ignores it
     * @param gone when the machine was given up, absent while it is not
     */
    public record State(Set<String> volumes, @Nullable Instant gone) {}

    @Override
    public String name() {
        return "attached-volumes.v1";
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(MachineEvent.class, VolumeEvent.class);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> envelope) {
        return switch (envelope.event()) {
            case VolumeEvent.Attached attached -> Optional.of(attached.machine());
            case MachineEvent.ReleaseStarted ignored -> Optional.of(envelope.stream().key());
            default -> Optional.empty();
        };
    }

    @Override
    public State initial() {
        return new State(Set.of(), null);
    }

    @Override
    public State evolve(State state, Envelope<?> envelope) {
        return switch (envelope.event()) {
            case VolumeEvent.Attached ignored -> {
                Set<String> volumes = new TreeSet<>(state.volumes());
                volumes.add(envelope.stream().key());
                yield new State(volumes, state.gone());
            }
            case MachineEvent.ReleaseStarted ignored ->
                    new State(state.volumes(), envelope.effectiveAt());
            default -> state;
        };
    }

    @Override
    public List<Effect> react(State state, Envelope<?> envelope) {
        if (state.gone() == null) {
            return List.of();
        }
        return switch (envelope.event()) {
            case VolumeEvent.Attached attached ->
                    List.of(
                            tell(
                                    envelope.stream().key(),
                                    attached.machine(),
                                    envelope.effectiveAt()));
            default ->
                    state.volumes().stream()
                            .map(volume -> tell(volume, envelope.stream().key(), state.gone()))
                            .toList();
        };
    }

    private static Effect tell(String volume, String machine, Instant at) {
        return new Effect.Send(
                new StreamId(VolumeDecider.STREAM, volume),
                new VolumeCommand.LoseMachine(machine, at));
    }
}
