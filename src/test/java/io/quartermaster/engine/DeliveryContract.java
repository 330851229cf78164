package io.quartermaster.engine;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.command;
import static io.quartermaster.engine.Scene.positions;
import static io.quartermaster.engine.Scene.range;
import static io.quartermaster.engine.Scene.versions;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.engine.subscription.Backoff;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Sixteen writers and a reader at the same time, whatever befalls them. */
abstract class DeliveryContract {
    private static final int WRITERS = 16;
    private static final int COMMANDS = 40;
    private static final int STREAMS = 7;
    private final AtomicBoolean writing = new AtomicBoolean(true);

    /** As one process has it; the writers are two. */
    abstract TestEngine process(int number);

    @Test
    void what_is_committed_is_delivered_in_order_and_exactly_once() throws Exception {
        List<Receipt> receipts;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reader = threads.submit((Callable<Void>) this::read);
            try {
                receipts = Scene.together(WRITERS, this::write);
            } finally {
                writing.set(false);
            }
            reader.get();
        }
        var log = process(0).log();
        int committed = receipts.stream().mapToInt(Receipt::events).sum();
        assertEquals(WRITERS * COMMANDS, receipts.size());
        assertEquals(range(1, committed), positions(patiently(() -> log.read(0, 10_000))));
        for (int s = 0; s < STREAMS; s++) {
            var stream = Tally.stream("s" + s);
            var events = patiently(() -> log.readStream(stream, 1, 10_000));
            assertEquals(range(1, events.size()), versions(events));
        }
        assertEquals(range(1, committed), patiently(process(0)::notes));
    }

    /** What the weather interrupts is done again; its command id makes that harmless. */
    static <T> T patiently(Callable<T> work) throws Exception {
        while (true) {
            try {
                return work.call();
            } catch (StorageFailure weather) {
                if (!weather.isOutcomeUnknown() && !weather.isLostRace()) throw weather;
            }
        }
    }

    private List<Receipt> write(int writer) throws Exception {
        var log = process(writer % 2).log();
        var random = new Random(writer);
        var done = new ArrayList<Receipt>();
        for (int i = 0; i < COMMANDS; i++) {
            var stream = Tally.stream("s" + random.nextInt(STREAMS));
            var command = command(adding(stream, new Expected.Any(), 1 + random.nextInt(3)));
            done.addAll(patiently(() -> log.append(command)));
        }
        return done;
    }

    private Void read() throws Exception {
        var random = new Random(42);
        for (int epoch = 1; ; epoch++) {
            try {
                if (drain(epoch, random)) return null;
            } catch (StorageFailure weather) {
                if (!weather.isOutcomeUnknown() && !weather.isLostRace()) throw weather;
            }
        }
    }

    /** Whether everything is read, and no more is written. */
    private boolean drain(int epoch, Random random) throws InterruptedException {
        var engine = process(epoch % 2);
        var backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1000);
        var settings = new SubscriberSettings(10, 50, backoff, InstantSource.system(), random);
        var ports = new Subscriber.Ports(engine.log(), engine.subscriptions(), settings);
        var notes =
                Subscription.pure(
                        "notes.v1",
                        Set.of(Tally.Event.class),
                        (event, tx) -> note(engine, event, tx, random));
        var subscriber = new Subscriber(notes, Slices.ALL, epoch, ports);
        while (true) {
            boolean last = !writing.get();
            if (!subscriber.poll().idle()) continue;
            if (last) return true;
            engine.log().await(subscriber.position() + 1, Duration.ofMillis(100));
        }
    }

    /** The reader is cut off now and then after it has written. */
    private static void note(TestEngine engine, Envelope<?> event, Tx tx, Random random)
            throws SQLException {
        engine.note(event, tx);
        if (random.nextInt(200) == 0) throw new SQLException("cut off", "08006");
    }
}
