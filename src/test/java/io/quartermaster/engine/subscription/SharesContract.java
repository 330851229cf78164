package io.quartermaster.engine.subscription;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.command;
import static io.quartermaster.engine.Scene.range;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.Tally;
import io.quartermaster.engine.Tally.Event;
import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscribers that work at the same time: on shares of one subscription, or one in another. */
abstract class SharesContract {
    private static final int STREAMS = 40;
    private final TestEngine engine = engine(new TickingClock());

    abstract TestEngine engine(TickingClock clock);

    @AfterEach
    void close() {
        engine.close();
    }

    private Subscriber open(Subscription subscription, Slices slices) {
        var settings = SubscriberSettings.ordinary(new TickingClock(), new Random(1));
        var ports = new Subscriber.Ports(engine.log(), engine.subscriptions(), settings);
        return new Subscriber(subscription, slices, 1, ports);
    }

    private void append(String stream, int events) {
        var change = adding(Tally.stream(stream), new Expected.Any(), events);
        engine.log().append(command(change));
    }

    @Test
    void who_subscribes_during_a_delivery_gets_every_event_as_well() {
        var late = new ArrayList<Subscriber>();
        var seen = new ArrayList<Long>();
        var inner =
                Subscription.pure(
                        "inner.v1", Set.of(Event.class), (event, tx) -> seen.add(event.position()));
        var outer =
                Subscription.pure(
                        "outer.v1",
                        Set.of(Event.class),
                        (event, tx) -> {
                            engine.note(event, tx);
                            if (late.isEmpty()) {
                                late.add(open(inner, Slices.ALL));
                                late.getFirst().poll();
                            }
                        });
        append("one", 5);
        var subscriber = open(outer, Slices.ALL);
        subscriber.poll();
        append("two", 2);
        subscriber.poll();
        late.getFirst().poll();
        assertEquals(range(1, 7), engine.notes());
        assertEquals(range(1, 7), seen);
    }

    @Test
    void shares_worked_on_side_by_side_handle_each_event_once_and_each_stream_in_order()
            throws Exception {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) append("s" + random.nextInt(STREAMS), 1 + random.nextInt(3));
        var notes = Subscription.pure("notes.v1", Set.of(Event.class), engine::note).inRanges(4);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shares = new ArrayList<Callable<Void>>();
            for (var slices : notes.ranges()) shares.add(() -> drain(open(notes, slices)));
            for (var share : threads.invokeAll(shares)) share.get();
        }
        var handled = engine.notes();
        assertEquals(range(1, (int) engine.log().head()), handled.stream().sorted().toList());
        for (int s = 0; s < STREAMS; s++) {
            var own =
                    engine.log().readStream(Tally.stream("s" + s), 1, 1_000).stream()
                            .map(event -> event.position())
                            .toList();
            assertEquals(own, handled.stream().filter(own::contains).toList());
        }
    }

    private static Void drain(Subscriber subscriber) {
        while (!subscriber.poll().idle()) Thread.onSpinWait();
        return null;
    }
}
