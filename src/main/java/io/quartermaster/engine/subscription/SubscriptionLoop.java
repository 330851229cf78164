package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Slices;
import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.Lease;
import io.quartermaster.engine.lease.Leases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's share of the streams at work in this process, while this process holds the lease
 * on it. Another replica takes over where it left off when it ends or falls silent.
 */
public final class SubscriptionLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SubscriptionLoop.class);
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Subscription subscription;
    private final Slices slices;
    private final Subscriber.Ports ports;
    private final Turn turn;
    private final WorkLoop loop;
    private volatile @Nullable Subscriber subscriber;
    private @Nullable Lease lease;
    private Instant renewAt = Instant.MIN;

    /**
     * Whose turn it is among replicas.
     *
     * @param replica unique for each start of a process
     */
    public record Turn(Leases leases, String replica, InstantSource clock) {}

    public SubscriptionLoop(
            Subscription subscription, Slices slices, Subscriber.Ports ports, Turn turn) {
        this.subscription = subscription;
        this.slices = slices;
        this.ports = ports;
        this.turn = turn;
        this.loop = new WorkLoop(subscription.name(), PAUSE, List.of(), this::poll);
    }

    /** Starts to work, as soon as it is this process's turn. */
    public void start() {
        loop.start();
    }

    /** The log has grown, or may have; returns at once. */
    public void wake() {
        loop.wake();
    }

    /** Up to where everything is dealt with, when it is this process that works on it. */
    public OptionalLong position() {
        var working = subscriber;
        return working == null ? OptionalLong.empty() : OptionalLong.of(working.position());
    }

    private boolean poll() {
        var working = working();
        if (working == null) return false;
        try {
            return !working.poll().idle();
        } catch (Fenced e) {
            LOG.infof("%s was taken over by another replica", subscription.name());
            subscriber = null;
            lease = null;
            return false;
        }
    }

    private @Nullable Subscriber working() {
        var now = turn.clock().instant();
        if (lease != null && now.isBefore(renewAt)) return subscriber;
        renewAt = now.plus(TTL.dividedBy(3));
        if (lease != null && turn.leases().renew(List.of(lease), TTL).isEmpty()) {
            lease = null;
            subscriber = null;
        }
        if (lease == null) {
            var name = "subscription/" + subscription.name() + "/" + slices;
            lease = turn.leases().acquire(name, turn.replica(), TTL).orElse(null);
            if (lease != null) {
                subscriber = new Subscriber(subscription, slices, lease.epoch(), ports);
            }
        }
        return subscriber;
    }

    @Override
    public void close() {
        loop.close();
        var held = lease;
        if (held != null) turn.leases().release(held);
    }
}
