package io.quartermaster.rest;

import io.quartermaster.deployment.Ownership;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Conflict;
import io.quartermaster.engine.Decision;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Receipt;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.request.Caller;
import io.quartermaster.rest.request.Precondition;
import io.quartermaster.view.CaughtUp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Sends the commands of requests, and lets their answers see what they did. */
@Singleton
final class Commands {
    /** Longer, an answer may be older than the write; its ETag says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int ATTEMPTS = 10;

    private final Dispatcher dispatcher;
    private final Aggregates aggregates;
    private final Caller caller;
    private final CaughtUp views;

    @Inject
    Commands(Dispatcher dispatcher, Aggregates aggregates, Caller caller, CaughtUp views) {
        this.dispatcher = dispatcher;
        this.aggregates = aggregates;
        this.caller = caller;
        this.views = views;
    }

    /** Sends commands to one thing that is there already, all of them or none. */
    Receipt send(ResourceKind kind, String name, Precondition precondition, Object... commands) {
        var stream = kind.stream(name);
        var now = aggregates.load(stream, Object.class);
        if (!kind.there(now.state())) throw kind.unknown(name);
        var orders =
                Arrays.stream(commands)
                        .map(command -> new Order(stream, "", command))
                        .map(order -> precondition.bind(order, now.version(), true))
                        .toList();
        return send(orders).getLast();
    }

    /** Sends a command that is refused while a custom resource manages the thing. */
    Receipt change(ResourceKind kind, String name, Precondition precondition, Object command) {
        var stream = kind.stream(name);
        var orders = List.of(new Order(stream, "", command), checkFree(stream));
        return send(kind, name, precondition, state -> orders);
    }

    /** Refused while a custom resource manages the thing: goes with what changes it. */
    static Order checkFree(StreamId thing) {
        return new Order(Ownership.of(thing), "", new Ownership.Command.CheckFree());
    }

    /**
     * Sends commands that follow from what a thing is, all of them or none. When it changes in
     * between, they are made anew.
     *
     * @param orders the first one goes to the thing itself
     */
    Receipt send(
            ResourceKind kind,
            String name,
            Precondition precondition,
            Function<Object, List<Order>> orders) {
        var stream = kind.stream(name);
        for (int attempt = 1; ; attempt++) {
            var now = aggregates.load(stream, Object.class);
            if (!kind.there(now.state())) throw kind.unknown(name);
            var all = new ArrayList<>(orders.apply(now.state()));
            var own = precondition.bind(all.getFirst(), now.version(), true);
            all.set(0, own.expecting(now.version()));
            try {
                return send(all).getFirst();
            } catch (Conflict conflict) {
                if (attempt == ATTEMPTS || !conflict.stream().equals(stream)) throw conflict;
            }
        }
    }

    /** Sends commands, all of them or none, and waits until the views show them. */
    List<Receipt> send(List<Order> orders) {
        var receipts = dispatcher.sendAll(orders, caller.ask());
        var position = receipts.stream().mapToLong(Receipt::position).max().orElse(0);
        try {
            views.await(position, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return receipts;
    }

    /** What commands would lead to. Nothing is written. */
    List<Decision> decideOnly(List<Order> orders) {
        return dispatcher.decideOnly(orders);
    }
}
