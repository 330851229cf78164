package io.quartermaster.app;

import io.quartermaster.engine.subscription.Checkpoint;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.engine.subscription.SubscriptionLoop;
import io.quartermaster.engine.subscription.SubscriptionStore;
import io.quartermaster.rest.request.CaughtUp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All subscriptions of this process: those that fill views, and those that sagas listen with. */
final class Subscriptions implements CaughtUp, AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final List<String> views;
    private final List<SubscriptionLoop> loops = new ArrayList<>();
    private final SubscriptionStore store;
    private final InstantSource clock;

    Subscriptions(
            List<Subscription> views,
            List<Subscription> sagas,
            Subscriber.Ports ports,
            SubscriptionLoop.Turn turn) {
        this.views = views.stream().map(Subscription::name).toList();
        this.store = ports.store();
        this.clock = turn.clock();
        for (var group : List.of(views, sagas)) {
            for (var subscription : group) {
                subscription
                        .ranges()
                        .forEach(
                                slices ->
                                        loops.add(
                                                new SubscriptionLoop(
                                                        subscription, slices, ports, turn)));
            }
        }
    }

    void start() {
        loops.forEach(SubscriptionLoop::start);
    }

    /** The log has grown, or may have; returns at once. */
    void wake() {
        loops.forEach(SubscriptionLoop::wake);
    }

    /**
     * Waits until every view shows everything up to a position.
     *
     * @return whether it does in time
     */
    @Override
    public boolean await(long position, Duration timeout) throws InterruptedException {
        Instant end = clock.instant().plus(timeout);
        while (shown() < position) {
            if (!clock.instant().isBefore(end)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
        return true;
    }

    /** Up to where all views have come, whichever replica works on them. */
    private long shown() {
        return store.checkpoints().stream()
                .filter(checkpoint -> views.contains(checkpoint.subscriber()))
                .mapToLong(Checkpoint::position)
                .min()
                .orElse(0);
    }

    @Override
    public void close() {
        loops.forEach(SubscriptionLoop::close);
    }
}
