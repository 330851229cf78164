package io.quartermaster.sink;

import io.quartermaster.billing.delivery.Deliveries;
import io.quartermaster.billing.delivery.Letter.Cause;
import io.quartermaster.billing.delivery.Letter.Kind;
import io.quartermaster.billing.delivery.SinkState.Condition;
import io.quartermaster.billing.delivery.SinkState.Settled;
import io.quartermaster.billing.delivery.UsageRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import org.jboss.logging.Logger;

/**
 * Asks the other side for what it has taken, since to answer "taken" is not to keep. Slices get
 * some time to settle there; one that is not there then becomes a dead letter, which a person may
 * have sent again.
 */
public final class Readback {
    private static final Logger LOG = Logger.getLogger(Readback.class);

    /** Other sides that take something put it where it can be found within seconds. */
    static final Duration SETTLES = Duration.ofMinutes(10);

    /** Questions in a row; between two such rows there is time to send. */
    private static final int AT_ONCE = 20;

    private final Sink sink;
    private final Courier courier;
    private final Deliveries deliveries;
    private final InstantSource clock;

    public Readback(Sink sink, Courier courier, Deliveries deliveries, InstantSource clock) {
        this.sink = sink;
        this.courier = courier;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /**
     * Asks for a few slices, if it is time to.
     *
     * @param epoch of the lease on this sink
     * @return whether there may be more to ask for at once
     * @throws Deliveries.Superseded when another replica has taken over
     */
    public boolean once(long epoch) {
        var state = deliveries.take(sink.name(), epoch, sink.fromNow());
        if (state.condition() != Condition.ACTIVE) return false;
        var settled = state.settled();
        var now = clock.instant();
        if (settled.seq() >= settled.next()) {
            if (settled.next() >= state.cursor()) return false;
            var next = new Settled(settled.seq(), state.cursor(), now);
            deliveries.settle(state, next, epoch, new HashMap<>(), now);
            return false;
        }
        if (settled.since() != null && now.isBefore(settled.since().plus(SETTLES))) return false;
        var dropped = new HashMap<UsageRecord, Cause>();
        long seq = ask(settled, dropped);
        var since = seq > settled.seq() ? settled.since() : now;
        deliveries.settle(state, new Settled(seq, settled.next(), since), epoch, dropped, now);
        return seq > settled.seq() && seq < settled.next();
    }

    /** Up to which slice all is known now. */
    private long ask(Settled settled, HashMap<UsageRecord, Cause> dropped) {
        long seq = settled.seq();
        for (var slice : deliveries.after(sink.name(), settled.seq(), AT_ONCE)) {
            if (slice.seq() > settled.next()) return settled.next();
            var finding = courier.find(slice);
            if (finding.isEmpty()) return settled.next();
            switch (finding.get()) {
                case Finding.Kept ignored -> {}
                case Finding.Dropped(String reason) -> dropped(slice, reason, dropped);
                case Finding.Unknown(String why) -> {
                    LOG.warnf("The sink '%s' could not be read back: %s", sink.name(), why);
                    return seq;
                }
            }
            seq = slice.seq();
        }
        return seq == settled.seq() ? settled.next() : seq;
    }

    private void dropped(UsageRecord slice, String reason, HashMap<UsageRecord, Cause> dropped) {
        LOG.errorf("The sink '%s' has lost slice %d: %s", sink.name(), slice.seq(), reason);
        dropped.put(slice, new Cause(Kind.DROPPED, reason));
    }
}
