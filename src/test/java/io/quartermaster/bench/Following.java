package io.quartermaster.bench;

import io.quartermaster.engine.Decided;
import io.quartermaster.engine.Decided.Change;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.lease.PostgresLeases;
import io.quartermaster.engine.subscription.PostgresSubscriptions;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.engine.subscription.SubscriptionLoop;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How soon a live subscription's handler has an event, from the call of append on. */
final class Following {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private final Store store;
    private final Map<UUID, Long> started = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Double> millis = new LinkedBlockingQueue<>();

    Following(Store store) {
        this.store = store;
    }

    static Subscriber.Ports ports(Store store) {
        var settings = SubscriberSettings.ordinary(Clock.systemUTC(), RandomGenerator.getDefault());
        return new Subscriber.Ports(
                store.log(), new PostgresSubscriptions(store.database()), settings);
    }

    /**
     * Milliseconds for each of so many events, of which one is appended after the other has
     * arrived.
     */
    Sample delays(int events) throws InterruptedException {
        var subscription =
                Subscription.pure(
                        "following.v1",
                        Set.of(MachineEvent.class),
                        (event, tx) -> arrived(event.metadata().commandId()));
        var leases = new PostgresLeases(store.database());
        try (var keeper = new LeaseKeeper(leases, "bench", Clock.systemUTC());
                var loop = new SubscriptionLoop(subscription, Slices.ALL, ports(store), keeper)) {
            keeper.start();
            store.log().onAppend(loop::wake);
            loop.start();
            for (int i = 0; i < events; i++) delay(); // gets warm
            var delays = new ArrayList<Double>();
            for (int i = 0; i < events; i++) delays.add(delay());
            return new Sample(delays);
        }
    }

    private double delay() throws InterruptedException {
        var metadata = Appends.metadata();
        var stream = new StreamId("machine", metadata.commandId().toString());
        var change = new Change(stream, "", new Expected.None(), List.of(Appends.event()));
        started.put(metadata.commandId(), System.nanoTime());
        store.log().append(new Decided(metadata, List.of(change), null));
        var delay = millis.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (delay == null) throw new IllegalStateException("no event arrived within " + LIMIT);
        return delay;
    }

    private void arrived(UUID command) {
        var start = started.remove(command);
        if (start != null) millis.add((System.nanoTime() - start) / 1e6);
    }
}
