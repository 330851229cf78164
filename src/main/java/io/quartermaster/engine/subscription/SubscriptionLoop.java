package io.quartermaster.engine.subscription;

import io.quartermaster.engine.LostEvent;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.Claim;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.wire.Unreadable;
import java.time.Duration;
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
    private static final Duration REST = Duration.ofHours(1);

    private final Subscription subscription;
    private final Slices slices;
    private final Subscriber.Ports ports;
    private final Claim claim;
    private final WorkLoop loop;
    private volatile @Nullable Subscriber subscriber;
    private long epoch;

    public SubscriptionLoop(
            Subscription subscription, Slices slices, Subscriber.Ports ports, LeaseKeeper keeper) {
        this.subscription = subscription;
        this.slices = slices;
        this.ports = ports;
        this.loop = new WorkLoop(subscription.name(), this::rest, List.of(), this::poll);
        this.claim =
                keeper.claim("subscription/" + subscription.name() + "/" + slices, this.loop::wake);
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

    private Duration rest() {
        var working = subscriber;
        return working == null ? REST : working.rest();
    }

    private boolean poll() {
        try {
            var working = working();
            return working != null && !working.poll().idle();
        } catch (Fenced e) {
            LOG.infof("%s was taken over by another replica", subscription.name());
            subscriber = null;
            claim.lost();
            return false;
        } catch (Unreadable e) {
            stop(
                    e.getMessage()
                            + "; run a release that knows it, and until then this reader stands"
                            + " still; each start tries again");
            return false;
        } catch (LostEvent e) {
            stop(
                    e.getMessage()
                            + "; the log lacks an event: look whether the database was restored or"
                            + " changed by hand; each start tries again");
            return false;
        }
    }

    /** Going on would lose events for ever without a sign; another replica may know better. */
    private void stop(String reason) {
        var working = subscriber;
        if (working == null) return;
        working.stop(reason);
        LOG.errorf("%s has stopped after %d: %s", subscription.name(), working.position(), reason);
        subscriber = null;
        claim.close();
    }

    private @Nullable Subscriber working() {
        var lease = claim.lease();
        if (lease.isEmpty()) {
            subscriber = null;
        } else if (subscriber == null || epoch != lease.get().epoch()) {
            epoch = lease.get().epoch();
            subscriber = new Subscriber(subscription, slices, epoch, ports);
        }
        return subscriber;
    }

    /** Ends it; the lease goes with the keeper's next round, or its end. */
    @Override
    public void close() {
        loop.close();
        claim.close();
    }
}
