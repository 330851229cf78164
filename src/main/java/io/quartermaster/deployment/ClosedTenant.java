package io.quartermaster.deployment;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import io.quartermaster.tenant.Tenant;
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
 * Ends everything that a tenant has at the instant at which it is closed; one instance a tenant.
 * What appears only after that, because somebody elsewhere still reports it, is ended at once.
 */
public final class ClosedTenant implements Saga<ClosedTenant.State> {

    private static final String REASON = "the tenant was closed";

    /**
     * What the instance remembers.
     *
     * @param things streams of deployments and volumes that were ever its own, as text; one that is
     *     another's now ignores what it is told
     * @param closed when the tenant was closed, absent while it is not
     */
    public record State(Set<String> things, @Nullable Instant closed) {}

    @Override
    public String name() {
        return "closed-tenant.v1";
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(Tenant.Event.class, DeploymentEvent.class, VolumeEvent.class);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> envelope) {
        return switch (envelope.event()) {
            case Tenant.Event.Closed ignored -> Optional.of(envelope.stream().key());
            case DeploymentEvent event -> gainer(event).or(() -> loser(event, envelope));
            case VolumeEvent event -> gainer(event).or(() -> loser(event, envelope));
            default -> Optional.empty();
        };
    }

    private static Optional<String> gainer(DeploymentEvent event) {
        return event instanceof DeploymentEvent.Created created
                ? owner(created.spec().tenant())
                : Optional.empty();
    }

    private static Optional<String> gainer(VolumeEvent event) {
        return switch (event) {
            case VolumeEvent.Requested asked -> owner(asked.tenant());
            case VolumeEvent.Created made -> owner(made.tenant());
            case VolumeEvent.Reported seen -> owner(seen.tenant());
            case VolumeEvent.HandedOver handed -> owner(handed.to());
            case VolumeEvent.Resized ignored -> Optional.empty();
            case VolumeEvent.Retyped ignored -> Optional.empty();
            case VolumeEvent.Relabelled ignored -> Optional.empty();
            case VolumeEvent.Attached ignored -> Optional.empty();
            case VolumeEvent.Detached ignored -> Optional.empty();
            case VolumeEvent.DeleteRequested ignored -> Optional.empty();
            case VolumeEvent.Deleted ignored -> Optional.empty();
        };
    }

    private static Optional<String> owner(String tenant) {
        return tenant.isEmpty() ? Optional.empty() : Optional.of(tenant);
    }

    /**
     * Whose list becomes shorter: that of the stream's first owner, which is the owner nearly
     * always. A name that stays on a list does no harm.
     */
    private static Optional<String> loser(Object event, Envelope<?> envelope) {
        return isEnd(event) ? owner(envelope.tenant()) : Optional.empty();
    }

    /** A report that something is gone may be older than one that it is there. */
    private static boolean isEnd(Object event) {
        return event instanceof DeploymentEvent.Deleted
                || event instanceof VolumeEvent.Deleted deleted
                        && deleted.why() != VolumeEvent.Ending.REPORTED;
    }

    @Override
    public State initial() {
        return new State(Set.of(), null);
    }

    @Override
    public State evolve(State state, Envelope<?> envelope) {
        if (envelope.event() instanceof Tenant.Event.Closed) {
            return new State(state.things(), envelope.effectiveAt());
        }
        Set<String> things = new TreeSet<>(state.things());
        String thing = envelope.stream().toString();
        if (isEnd(envelope.event())) things.remove(thing);
        else things.add(thing);
        return new State(things, state.closed());
    }

    @Override
    public List<Effect> react(State state, Envelope<?> envelope) {
        Instant closed = state.closed();
        if (closed == null || isEnd(envelope.event())) return List.of();
        String tenant = correlate(envelope).orElseThrow();
        if (envelope.event() instanceof Tenant.Event.Closed) {
            return state.things().stream()
                    .map(StreamId::parse)
                    .map(thing -> end(thing, tenant, closed))
                    .toList();
        }
        Instant appeared = envelope.effectiveAt();
        // A volume that was seen elsewhere is no older than it was seen, and it knows when.
        boolean isSeen = envelope.event() instanceof VolumeEvent.Reported;
        boolean isLater = !isSeen && appeared.isAfter(closed);
        return List.of(end(envelope.stream(), tenant, isLater ? appeared : closed));
    }

    private static Effect end(StreamId thing, String tenant, Instant at) {
        Object command =
                thing.type().equals(VolumeDecider.STREAM)
                        ? new VolumeCommand.LoseTenant(tenant, REASON, at)
                        : new DeploymentCommand.LoseTenant(tenant);
        return new Effect.Send(thing, command, at);
    }
}
