package io.quartermaster.simulation;

import io.quartermaster.deployment.PlanAdoption;
import io.quartermaster.deployment.RolloutSaga;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.machine.HostAssignment;
import io.quartermaster.machine.Recovery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the log again with sagas of its own, and looks whether everything they want was carried out
 * or refused, under the id that makes it happen once.
 */
final class SagaAccounts {

    private final World world;

    SagaAccounts(World world) {
        this.world = world;
    }

    void check() {
        List<Envelope<?>> events = world.log.read(0, 1_000_000);
        for (Saga<?> saga :
                List.of(
                        new HostAssignment(),
                        new Recovery(),
                        new RolloutSaga(),
                        new PlanAdoption())) {
            check(saga, events);
        }
    }

    private <S> void check(Saga<S> saga, List<Envelope<?>> events) {
        Map<String, S> states = new HashMap<>();
        for (Envelope<?> event : events) {
            if (saga.listensTo().stream().noneMatch(root -> root.isInstance(event.event()))) {
                continue;
            }
            saga.correlate(event)
                    .ifPresent(
                            key -> {
                                S before = states.getOrDefault(key, saga.initial());
                                S after = saga.evolve(before, event);
                                states.put(key, after);
                                List<Effect> effects = saga.react(after, event);
                                for (int i = 0; i < effects.size(); i++) {
                                    check(saga, event, effects.get(i), i);
                                }
                            });
        }
    }

    private void check(Saga<?> saga, Envelope<?> event, Effect effect, int ordinal) {
        if (!(effect instanceof Effect.Send send)) {
            return;
        }
        UUID id = Ids.derive(event.eventId(), Subscription.baseName(saga.name()) + "/" + ordinal);
        var order = new Order(send.target(), event.tenant(), send.command());
        boolean handled =
                world.log.answerTo(id).isPresent()
                        || world.sagas.refusals().stream()
                                .anyMatch(refusal -> refusal.endsWith(": " + order));
        if (!handled) {
            throw world.violate("what a saga wants is carried out once or refused: " + order);
        }
    }
}
