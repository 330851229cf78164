package io.quartermaster.engine;

import io.quartermaster.engine.Decided.Change;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Turns commands into events: loads the aggregate, lets its decider decide, appends. Lost races are
 * decided again on what is then there, a bounded number of times; those of this process then take
 * turns, so that only other processes can win again.
 */
public final class Dispatcher {
    private static final int ATTEMPTS = 10;
    private final Rules rules;
    private final Aggregates aggregates;
    private final EventLog log;
    private final Turns turns = new Turns();

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
        var streams = orders.stream().map(Order::stream).toList();
        var lost = new HashSet<StreamId>();
        for (int attempt = 1; ; attempt++) {
            switch (turns.take(streams, lost, () -> attempt(orders, ask, known))) {
                case Outcome.Appended(List<Receipt> receipts) -> {
                    return receipts;
                }
                case Outcome.Lost(Conflict conflict) -> {
                    if (attempt == ATTEMPTS) throw conflict;
                    lost.add(conflict.stream());
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
    private Outcome attempt(List<Order> orders, Ask ask, Map<StreamId, Loaded<Object>> known) {
        var changes = new ArrayList<Change>(orders.size());
        try {
            for (var decision : decide(orders, known)) {
                var tenant = orders.get(changes.size()).tenant();
                var expected = new Expected.Exactly(decision.version());
                changes.add(new Change(decision.stream(), tenant, expected, decision.events()));
            }
        } catch (Rejected | Conflict refusal) {
            var before = log.answerTo(ask.metadata().commandId());
            return new Outcome.Appended(before.orElseThrow(() -> refusal));
        }
        var command = new Decided(ask.metadata(), changes, ask.effectiveAt());
        return log.append(List.of(command)).getFirst();
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
}
