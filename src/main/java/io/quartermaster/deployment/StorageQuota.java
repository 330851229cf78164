package io.quartermaster.deployment;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.volume.Volume;
import io.quartermaster.volume.VolumeDecider;
import io.quartermaster.volume.VolumeEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a volume took of its tenant's quota when it is gone, however it ended; one
 * instance a volume. Whoever asks for storage takes it in the same append, so there is nothing to
 * do otherwise, except for a volume whose name is used again: what is given back for the earlier
 * one may then come after what was taken for the later one, so that is counted once more.
 */
public final class StorageQuota implements Saga<StorageQuota.State> {

    private static final VolumeDecider RULES = new VolumeDecider();

    /**
     * What the instance remembers.
     *
     * @param live the volume, absent while there is none
     * @param gone the one before it, absent while there was none or while there is one
     * @param owner whose it is, or was last
     * @param asked whether somebody asked for it, so that it counts; else it was only seen
     * @param again whether one of that name was gone before
     */
    public record State(
            Volume.@Nullable Live live,
            Volume.@Nullable Gone gone,
            String owner,
            boolean asked,
            boolean again) {

        Volume volume() {
            if (live != null) return live;
            return gone != null ? gone : RULES.initial();
        }
    }

    @Override
    public String name() {
        return "storage-quota.v1";
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(VolumeEvent.class);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> envelope) {
        return Optional.of(envelope.stream().key());
    }

    @Override
    public State initial() {
        return new State(null, null, "", false, false);
    }

    @Override
    public State evolve(State state, Envelope<?> envelope) {
        VolumeEvent event = (VolumeEvent) envelope.event();
        return switch (RULES.evolve(state.volume(), event)) {
            case Volume.Live live ->
                    new State(
                            live, null, live.tenant(), state.asked() || asks(event), state.again());
            case Volume.Gone gone -> new State(null, gone, state.owner(), false, true);
            case Volume.None none -> state;
        };
    }

    private static boolean asks(VolumeEvent event) {
        return event instanceof VolumeEvent.Requested || event instanceof VolumeEvent.Created;
    }

    @Override
    public List<Effect> react(State state, Envelope<?> envelope) {
        String volume = envelope.stream().toString();
        Volume.Live live = state.live();
        if (live == null) {
            boolean isEnd = envelope.event() instanceof VolumeEvent.Deleted;
            return isEnd ? count(state.owner(), volume, 0) : List.of();
        }
        if (!state.asked() || !state.again()) return List.of();
        return switch ((VolumeEvent) envelope.event()) {
            case VolumeEvent.Requested ignored -> count(live, volume);
            case VolumeEvent.Created ignored -> count(live, volume);
            case VolumeEvent.Resized ignored -> count(live, volume);
            case VolumeEvent.HandedOver handed ->
                    Stream.concat(
                                    count(handed.from(), volume, 0).stream(),
                                    count(live, volume).stream())
                            .toList();
            case VolumeEvent.Retyped ignored -> List.of();
            case VolumeEvent.Relabelled ignored -> List.of();
            case VolumeEvent.Reported ignored -> List.of();
            case VolumeEvent.Attached ignored -> List.of();
            case VolumeEvent.Detached ignored -> List.of();
            case VolumeEvent.DeleteRequested ignored -> List.of();
            case VolumeEvent.Deleted ignored -> List.of();
        };
    }

    private static List<Effect> count(Volume.Live live, String volume) {
        return count(live.tenant(), volume, live.spec().sizeBytes());
    }

    private static List<Effect> count(String tenant, String volume, long bytes) {
        return tenant.isEmpty()
                ? List.of()
                : List.of(
                        new Effect.Send(
                                new StreamId(Tenant.STREAM, tenant),
                                new Tenant.Command.Count(Tenant.Quota.STORAGE, volume, bytes)));
    }
}
