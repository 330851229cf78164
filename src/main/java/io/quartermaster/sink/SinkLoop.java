package io.quartermaster.sink;

import io.quartermaster.billing.delivery.Deliveries.Superseded;
import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.Claim;
import io.quartermaster.engine.lease.LeaseKeeper;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * One sink at work in this process while it holds the lease on it. Each sink has a loop of its own,
 * so a slow one holds up nobody but itself.
 */
public final class SinkLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SinkLoop.class);

    /** Also how late an attempt may come that is made again. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final SinkDelivery delivery;
    private final Readback readback;
    private final Courier courier;
    private final Claim claim;
    private final WorkLoop loop;

    public SinkLoop(Sink sink, Courier courier, SinkDelivery.Ports ports, LeaseKeeper keeper) {
        this.courier = courier;
        this.delivery = new SinkDelivery(sink, courier, ports);
        this.readback = new Readback(sink, courier, ports.deliveries(), ports.clock());
        var name = "sink/" + sink.name();
        this.loop = new WorkLoop(name, PAUSE, List.of(), this::work);
        this.claim = keeper.claim(name, loop::wake);
    }

    /** Starts to send, as soon as it is this process's turn. */
    public void start() {
        loop.start();
    }

    /** There may be something to send; returns at once. */
    public void wake() {
        loop.wake();
    }

    private boolean work() {
        var lease = claim.lease();
        if (lease.isEmpty()) return false;
        try {
            long epoch = lease.get().epoch();
            return delivery.once(epoch) || readback.once(epoch);
        } catch (Superseded e) {
            LOG.info(e.getMessage());
            claim.lost();
            return false;
        }
    }

    @Override
    public void close() {
        loop.close();
        claim.close();
        courier.close();
    }
}
