package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.lease.MemoryLeases;
import io.quartermaster.sink.FarSide.Heard;
import io.quartermaster.sink.FarSide.Reply;
import io.quartermaster.view.delivery.SliceRows;
import io.quartermaster.view.delivery.StoredDeliveries;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sinks at work by themselves, side by side. */
class SinkLoopTest {
    private static final InstantSource CLOCK = InstantSource.fixed(SliceRows.HOUR);

    private final FarSide slow = new FarSide();
    private final FarSide quick = new FarSide();
    private final CountDownLatch slowAsked = new CountDownLatch(1);
    private final CountDownLatch quickDone = new CountDownLatch(5);

    private static Sink sink(String name, FarSide far) {
        var door = new Sink.Door(far.address(), null);
        return new Sink.CloudEvents(name, false, door, "urn:q", Sink.Mode.STRUCTURED, 1);
    }

    private Reply never(Heard request) {
        slowAsked.countDown();
        return new Reply.Never();
    }

    /** Only once the slow one is waiting for its answer. */
    private Reply afterwards(Heard request) {
        try {
            assertTrue(slowAsked.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        quickDone.countDown();
        return new Reply.Whole(204, "", "");
    }

    @Test
    void a_slow_sink_does_not_hold_up_another() throws InterruptedException {
        var source = OneDatabase.emptied();
        SliceRows.insert(source, IntStream.range(0, 5).mapToObj(SliceRows::hour).toList());
        var deliveries = new StoredDeliveries(source, SliceRows.json());
        var ports = new SinkDelivery.Ports(deliveries, CLOCK, new Random(1));
        var keeper = new LeaseKeeper(new MemoryLeases(CLOCK), "here", CLOCK);
        slow.answers(this::never);
        quick.answers(this::afterwards);
        try (var transport = new HttpTransport(Duration.ofMinutes(1))) {
            var couriers = new Couriers(transport, name -> Optional.empty());
            var slowSink = sink("slow", slow);
            var quickSink = sink("quick", quick);
            var slowLoop = new SinkLoop(slowSink, couriers.of(slowSink), ports, keeper);
            var quickLoop = new SinkLoop(quickSink, couriers.of(quickSink), ports, keeper);
            keeper.round();
            slowLoop.start();
            quickLoop.start();

            boolean isDone = quickDone.await(30, TimeUnit.SECONDS);

            assertTrue(isDone);
            assertEquals(1, slow.heard().size());
            slow.close();
            quickLoop.close();
            slowLoop.close();
        } finally {
            quick.close();
            keeper.close();
        }
    }
}
