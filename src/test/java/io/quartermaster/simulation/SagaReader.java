package io.quartermaster.simulation;

import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.subscription.Fenced;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.engine.subscription.SubscriptionStore;
import org.jspecify.annotations.Nullable;

/** A saga's subscription at work in one replica, while it is that replica's turn. */
final class SagaReader {

    private final Subscription subscription;
    private final Turn turn;
    private final Subscriber.Ports ports;
    private final EventLog log;
    private final SubscriptionStore store;
    private @Nullable Subscriber subscriber;
    private long epoch;

    SagaReader(
            Subscription subscription,
            Turn turn,
            EventLog log,
            SubscriptionStore store,
            World world) {
        this.subscription = subscription;
        this.turn = turn;
        this.log = log;
        this.store = store;
        this.ports =
                new Subscriber.Ports(log, store, SubscriberSettings.ordinary(world, world.random));
    }

    private boolean isUpToDate() {
        return subscriber != null
                && epoch == turn.epoch()
                && subscriber.position() == log.head()
                && store.parked().isEmpty();
    }

    boolean poll() {
        if (!turn.isOurs() || isUpToDate()) {
            return false;
        }
        try {
            if (subscriber == null || epoch != turn.epoch()) {
                epoch = turn.epoch();
                subscriber = new Subscriber(subscription, Slices.ALL, epoch, ports);
            }
            return !subscriber.poll().idle();
        } catch (Fenced takenOver) {
            subscriber = null;
            turn.lose();
            return false;
        }
    }
}
