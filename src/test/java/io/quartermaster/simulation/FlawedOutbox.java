package io.quartermaster.simulation;

import io.quartermaster.engine.Ask;
import io.quartermaster.engine.saga.Outgoing;
import io.quartermaster.engine.saga.SagaStore;
import io.quartermaster.engine.saga.SagaStore.Queued;
import io.quartermaster.es.Metadata;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The queue of sagas' commands, with the mistakes that a world is to have. */
final class FlawedOutbox {

    private FlawedOutbox() {}

    static SagaStore with(SagaStore real, Set<Flaw> flaws, Supplier<UUID> ids) {
        if (!flaws.contains(Flaw.COMMANDS_ARE_LOST)
                && !flaws.contains(Flaw.COMMANDS_ARE_SENT_AGAIN)) {
            return real;
        }
        return (SagaStore)
                Proxy.newProxyInstance(
                        SagaStore.class.getClassLoader(),
                        new Class<?>[] {SagaStore.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object result = method.invoke(real, arguments);
                                return method.getName().equals("pending")
                                        ? spoilt(real, (List<?>) result, flaws, ids)
                                        : result;
                            } catch (InvocationTargetException failed) {
                                throw failed.getCause();
                            }
                        });
    }

    private static List<Queued> spoilt(
            SagaStore real, List<?> pending, Set<Flaw> flaws, Supplier<UUID> ids) {
        List<Queued> spoilt = new ArrayList<>();
        for (Object each : pending) {
            Queued queued = (Queued) each;
            if (flaws.contains(Flaw.COMMANDS_ARE_SENT_AGAIN)) {
                spoilt.add(renamed(queued, ids.get()));
            } else if (queued.sequence() % 9 == 0) {
                real.sent(queued);
            } else {
                spoilt.add(queued);
            }
        }
        return spoilt;
    }

    private static Queued renamed(Queued queued, UUID id) {
        Outgoing command = queued.command();
        Metadata old = command.ask().metadata();
        var metadata =
                new Metadata(
                        old.actor(), id, old.correlationId(), old.causationId(), old.traceId());
        var again =
                new Outgoing(
                        command.saga(), command.key(), command.order(), new Ask(metadata, null));
        return new Queued(queued.sequence(), queued.attempts(), again);
    }
}
