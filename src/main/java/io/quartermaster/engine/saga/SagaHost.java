package io.quartermaster.engine.saga;

import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Tx;
import io.quartermaster.engine.subscription.Checkpoint;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets sagas react to events: state and effects are stored with the subscription's checkpoint. */
public final class SagaHost {

    private final SagaStore store;

    public SagaHost(SagaStore store) {
        this.store = store;
    }

    /** The subscription under which a saga is given its events. */
    public <S> Subscription subscription(Saga<S> saga) {
        return Subscription.pure(saga.name(), saga.listensTo(), new Reactor<>(saga));
    }

    /**
     * One saga at work. Events that an earlier version of it has acted upon change its state and
     * nothing else; what that one has queued and scheduled stays, and is this one's to cancel.
     */
    private final class Reactor<S> implements Subscription.Pure {
        private final Saga<S> saga;
        private volatile long actsAfter;

        Reactor(Saga<S> saga) {
            this.saga = saga;
        }

        @Override
        public void opened(Checkpoint checkpoint) {
            actsAfter = checkpoint.actsAfter();
        }

        @Override
        public void handle(Envelope<?> event, Tx tx) {
            var key = saga.correlate(event);
            if (key.isEmpty()) return;
            S before = store.load(tx, saga, key.get());
            S state = saga.evolve(before, event);
            // Most events tell a large instance nothing that it does not know.
            if (!state.equals(before)) store.save(tx, saga, key.get(), state);
            if (event.position() <= actsAfter) return;
            var reaction = new Reaction(Subscription.baseName(saga.name()), key.get(), event);
            List<Effect> effects = saga.react(state, event);
            for (int ordinal = 0; ordinal < effects.size(); ordinal++) {
                reaction.store(tx, effects.get(ordinal), ordinal);
            }
        }
    }

    /** What one event leads to in one instance. */
    private final class Reaction {
        /** Without its version, so that versions side by side want the same thing once. */
        private final String saga;

        private final String key;
        private final Envelope<?> event;

        Reaction(String saga, String key, Envelope<?> event) {
            this.saga = saga;
            this.key = key;
            this.event = event;
        }

        void store(Tx tx, Effect effect, int ordinal) {
            switch (effect) {
                case Effect.Send(StreamId target, Object command, var at) ->
                        store.send(tx, outgoing(target, command, ordinal, at));
                case Effect.Schedule(var name, var at, StreamId target, Object command) ->
                        store.schedule(tx, name, at, outgoing(target, command, ordinal, null));
                case Effect.Cancel(var name) -> store.cancel(tx, saga, key, name);
            }
        }

        private Outgoing outgoing(
                StreamId target, Object command, int ordinal, @Nullable Instant effectiveAt) {
            var caused = event.metadata();
            var metadata =
                    new Metadata(
                            "system:" + saga,
                            Ids.derive(event.eventId(), saga + "/" + ordinal),
                            caused.correlationId(),
                            event.eventId(),
                            caused.traceId());
            var order = new Order(target, event.tenant(), command);
            return new Outgoing(saga, key, order, new Ask(metadata, effectiveAt));
        }
    }
}
