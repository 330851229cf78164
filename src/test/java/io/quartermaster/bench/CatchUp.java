package io.quartermaster.bench;

import io.quartermaster.app.Domain;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.subscription.Projections;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.view.Json;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/** How fast a subscriber that starts at the log's beginning comes to its end. */
final class CatchUp {
    private final Store store;
    private final Projections projections;

    CatchUp(Store store) {
        this.store = store;
        var all = Domain.projections(new Json(Domain.codec()));
        projections = new Projections(store.database(), all, Clock.systemUTC());
    }

    /** Events per second, read and handed to a handler that only counts them. */
    double read() {
        var count = new LongAdder();
        var name = "catch-up-" + UUID.randomUUID() + ".v1";
        return rate(
                Subscription.pure(
                        name, Set.of(MachineEvent.class), (event, tx) -> count.increment()));
    }

    /** Events per second through the projection that has most to do: a rebuild of all machines. */
    double project() {
        projections.subscriptions();
        var build = projections.rebuild("machine-table");
        var subscription =
                projections.subscriptions().stream()
                        .filter(each -> each.name().equals(build.subscriber()))
                        .findFirst()
                        .orElseThrow();
        double rate = rate(subscription);
        projections.advance();
        return rate;
    }

    private double rate(Subscription subscription) {
        long start = System.nanoTime();
        var subscriber = new Subscriber(subscription, Slices.ALL, 1, Following.ports(store));
        long events = 0;
        for (var polled = subscriber.poll(); !polled.idle(); polled = subscriber.poll()) {
            events += polled.handled();
        }
        return events * 1e9 / (System.nanoTime() - start);
    }
}
