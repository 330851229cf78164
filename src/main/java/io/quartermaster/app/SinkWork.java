package io.quartermaster.app;

import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.sink.Couriers;
import io.quartermaster.sink.SinkCatalogue;
import io.quartermaster.sink.SinkDelivery;
import io.quartermaster.sink.SinkLoop;
import io.quartermaster.view.delivery.FeedLoop;
import io.quartermaster.view.delivery.UsageFeed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The feed of slices and the loops of sinks. Without a sink nothing is fed: what was used stays in
 * the view, and is fed when there is a sink.
 */
final class SinkWork implements AutoCloseable {
    private final List<SinkLoop> loops = new ArrayList<>();
    private final @Nullable FeedLoop feed;

    SinkWork(
            SinkCatalogue sinks,
            Couriers couriers,
            SinkDelivery.Ports ports,
            UsageFeed feed,
            LeaseKeeper keeper) {
        for (var sink : sinks.all()) {
            loops.add(new SinkLoop(sink, couriers.of(sink), ports, keeper));
        }
        this.feed =
                loops.isEmpty() ? null : new FeedLoop(feed, keeper, ports.clock(), this::wakeSinks);
    }

    void start() {
        if (feed != null) feed.start();
        loops.forEach(SinkLoop::start);
    }

    /** The log has grown, or may have; returns at once. */
    void wake() {
        if (feed != null) feed.wake();
    }

    private void wakeSinks() {
        loops.forEach(SinkLoop::wake);
    }

    @Override
    public void close() {
        if (feed != null) feed.close();
        loops.forEach(SinkLoop::close);
    }
}
