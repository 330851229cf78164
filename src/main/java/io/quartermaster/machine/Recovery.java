package io.quartermaster.machine;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tries a failed run again when its time has come; one instance a machine. */
public final class Recovery implements Saga<Recovery.Stateless> {

    private static final String RETRY = "retry";

    /** Everything it needs stands in the event. */
    public record Stateless() {}

    @Override
    public String name() {
        return "recovery.v1";
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(MachineEvent.class);
    }

    @Override
    public Class<Stateless> stateType() {
        return Stateless.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> envelope) {
        return switch (envelope.event()) {
            case MachineEvent.Failed failed -> Optional.of(envelope.stream().key());
            case MachineEvent.RunRequested requested -> Optional.of(envelope.stream().key());
            case MachineEvent.Released released -> Optional.of(envelope.stream().key());
            default -> Optional.empty();
        };
    }

    @Override
    public Stateless initial() {
        return new Stateless();
    }

    @Override
    public Stateless evolve(Stateless state, Envelope<?> envelope) {
        return state;
    }

    @Override
    public List<Effect> react(Stateless state, Envelope<?> envelope) {
        if (envelope.event() instanceof MachineEvent.Failed failed && failed.retryAt() != null) {
            MachineCommand retry = new MachineCommand.RetryRun(failed.run());
            return List.of(new Effect.Schedule(RETRY, failed.retryAt(), envelope.stream(), retry));
        }
        boolean settled =
                envelope.event() instanceof MachineEvent.RunRequested
                        || envelope.event() instanceof MachineEvent.Released;
        return settled ? List.of(new Effect.Cancel(RETRY)) : List.of();
    }
}
