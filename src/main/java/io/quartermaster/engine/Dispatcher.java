package io.quartermaster.engine;

import io.quartermaster.engine.Decided.Change;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Turns commands into events: loads the aggregate, lets its decider decide, appends. Lost races are
 * decided again on what is then there, a bounded number of times.
 */
public final class Dispatcher {
    private static final int ATTEMPTS = 10;
    private final Rules rules;
    private final Aggregates aggregates;
    private final EventLog log;

    public Dispatcher(Rules rules, Aggregates aggregates, EventLog log) {
        this.rules = rules;
        this.aggregates = aggregates;
        this.log = log;
    }

    /**
     * Carries out one command.
     *
     * @throws Rejected when a rule forbids it
     * @throws Conflict when the expected version is not the actual one, or too many races were lost
     * @throws Overloaded when too many commands wait for the log
     */
    public Receipt send(Order order, Ask ask) {
        return sendAll(List.of(order), ask).getFirst();
    }

    /**
     * Carries out all the commands in one append, or none of them. A later order for the same
     * stream meets the state that the earlier one leaves; expected versions speak of the state
     * before the first.
     *
     * @return one receipt for each order
     * @throws Rejected when a rule forbids one of them
     * @throws Conflict when an expected version is not the actual one, or too many races were lost
     * @throws Overloaded when too many commands wait for the log
     */
    public List<Receipt> sendAll(List<Order> orders, Ask ask) {
        var known = new HashMap<StreamId, Loaded<Object>>();
        for (int attempt = 1; ; attempt++) {
            switch (attempt(orders, ask.metadata().commandId(), known)) {
                case Attempt.Recalled(List<Receipt> receipts) -> {
                    return receipts;
                }
                case Attempt.Fresh(List<Change> changes) -> {
                    var command = new Decided(ask.metadata(), changes, ask.effectiveAt());
                    switch (log.append(List.of(command)).getFirst()) {
                        case Outcome.Appended(List<Receipt> receipts) -> {
                            return receipts;
                        }
                        case Outcome.Lost(Conflict conflict) -> {
                            if (attempt == ATTEMPTS) throw conflict;
                        }
                    }
                }
            }
        }
    }

    /**
     * What the commands would lead to. Nothing is written, and no command id is used up.
     *
     * @throws Rejected when a rule forbids one of them
     * @throws Conflict when an expected version is not the actual one
     */
    public List<Decision> decideOnly(List<Order> orders) {
        return decide(orders, new HashMap<>());
    }

    /**
     * A command that was carried out before may well be forbidden now, because of its own events:
     * then the answer is the earlier one.
     */
    private Attempt attempt(
            List<Order> orders, UUID commandId, Map<StreamId, Loaded<Object>> known) {
        try {
            var changes = new ArrayList<Change>(orders.size());
            for (var decision : decide(orders, known)) {
                var tenant = orders.get(changes.size()).tenant();
                var expected = new Expected.Exactly(decision.version());
                changes.add(new Change(decision.stream(), tenant, expected, decision.events()));
            }
            return new Attempt.Fresh(changes);
        } catch (Rejected | Conflict refusal) {
            return new Attempt.Recalled(log.answerTo(commandId).orElseThrow(() -> refusal));
        }
    }

    /**
     * @param known the streams as earlier attempts met them; brought up to date here
     */
    private List<Decision> decide(List<Order> orders, Map<StreamId, Loaded<Object>> known) {
        known.replaceAll((stream, old) -> aggregates.refresh(old));
        var states = new HashMap<StreamId, Object>();
        var decisions = new ArrayList<Decision>(orders.size());
        for (var order : orders) {
            var stream = order.stream();
            var loaded = known.computeIfAbsent(stream, aggregates::load);
            if (!order.expected().holdsFor(loaded.version())) {
                throw new Conflict(stream, order.expected(), loaded.version());
            }
            var before = states.getOrDefault(stream, loaded.state());
            var events = rules.decide(stream, order.command(), before);
            var after = rules.evolveAll(stream, before, events);
            states.put(stream, after);
            decisions.add(new Decision(stream, loaded.version(), before, after, events));
        }
        return decisions;
    }

    private sealed interface Attempt {
        record Fresh(List<Change> changes) implements Attempt {}

        record Recalled(List<Receipt> receipts) implements Attempt {}
    }
}
