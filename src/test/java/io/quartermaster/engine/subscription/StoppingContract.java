package io.quartermaster.engine.subscription;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.change;
import static io.quartermaster.engine.Scene.command;
import static io.quartermaster.engine.Scene.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.Tally;
import io.quartermaster.engine.Tally.Event;
import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;
import io.quartermaster.engine.Tx;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.wire.Unreadable;
import io.quartermaster.es.Envelope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader that cannot go on without losing an event stops, says so, and disturbs nobody. */
abstract class StoppingContract {
    private static final Expected ANY = new Expected.Any();
    private static final long LIMIT = 20;
    final TickingClock clock = new TickingClock();
    final TestEngine engine = engine(clock);
    private final LeaseKeeper keeper = new LeaseKeeper(engine.leases(), "here", clock);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Semaphore stopped = new Semaphore(0);
    private final Semaphore told = new Semaphore(0);

    abstract TestEngine engine(TickingClock clock);

    @BeforeEach
    void append() {
        engine.log().append(command(adding(Tally.stream("one"), ANY, 3)));
        engine.log().append(command(change(Tally.stream("one"), ANY, new Event.Closed())));
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open) each.close();
        engine.close();
    }

    private SubscriptionLoop start(Subscription subscription, EventLog log) {
        var settings = SubscriberSettings.ordinary(clock, new Random(1));
        var ports = new Subscriber.Ports(log, store(), settings);
        var loop = new SubscriptionLoop(subscription, Slices.ALL, ports, keeper);
        open.add(loop);
        loop.start();
        keeper.round();
        return loop;
    }

    /** Tells when a reader stops. */
    private SubscriptionStore store() {
        return through(
                SubscriptionStore.class,
                engine.subscriptions(),
                (method, result) -> {
                    if (method.equals("stop")) stopped.release();
                    return result;
                });
    }

    private Subscription notes() {
        return Subscription.pure("notes.v1", Set.of(Event.Added.class), engine::note);
    }

    /** A log whose event there was written by a later release. */
    private EventLog unreadableAt(long position) {
        return rows(
                rows -> {
                    if (rows.stream().anyMatch(row -> row.position() == position)) {
                        throw new Unreadable("tally.added", "version 9 is newer than this program");
                    }
                    return rows;
                });
    }

    private EventLog lacking(long position) {
        return rows(rows -> rows.stream().filter(row -> row.position() != position).toList());
    }

    @SuppressWarnings("unchecked")
    private EventLog rows(UnaryOperator<List<EventLog.Row>> change) {
        return through(
                EventLog.class,
                engine.log(),
                (method, result) ->
                        method.equals("rows") ? change.apply((List<EventLog.Row>) result) : result);
    }

    private interface After {
        Object called(String method, Object result);
    }

    private static <T> T through(Class<T> type, T real, After after) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            try {
                                var result = method.invoke(real, arguments);
                                return after.called(method.getName(), result);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    private void awaitStop() throws InterruptedException {
        assertTrue(stopped.tryAcquire(LIMIT, TimeUnit.SECONDS), "it stops");
    }

    @Test
    void an_event_that_cannot_be_read_stops_its_reader_after_those_before_it() throws Exception {
        start(notes(), unreadableAt(3));
        awaitStop();
        assertEquals(range(1, 2), engine.notes());
        var said = engine.subscriptions().stopped().getFirst();
        assertEquals("notes.v1", said.subscriber());
        assertTrue(said.reason().contains("version 9 is newer"), said.reason());
        assertTrue(said.reason().contains("run a release that knows it"), said.reason());
    }

    @Test
    void a_hole_in_the_log_stops_its_reader() throws Exception {
        start(notes(), lacking(2));
        awaitStop();
        assertEquals(List.of(), engine.notes());
        var reason = engine.subscriptions().stopped().getFirst().reason();
        assertTrue(reason.contains("expected event 2 next and found 3"), reason);
    }

    @Test
    void other_readers_go_on() throws Exception {
        start(notes(), unreadableAt(1));
        awaitStop();
        var passed = new Semaphore(0);
        start(
                Subscription.pure("other.v1", Set.of(Event.class), (e, tx) -> passed.release()),
                engine.log());
        assertTrue(passed.tryAcquire(4, LIMIT, TimeUnit.SECONDS));
    }

    @Test
    @Timeout(LIMIT)
    void one_that_has_stopped_is_left_alone_until_a_start_tries_again() throws Exception {
        var loop = start(notes(), unreadableAt(1));
        awaitStop();
        loop.wake();
        do keeper.round();
        while (engine.leases().held().stream().anyMatch(l -> l.name().contains("notes")));
        assertEquals(1, engine.subscriptions().stopped().size());

        var again = Subscription.pure("notes.v1", Set.of(Event.Added.class), this::noteAndTell);
        start(again, engine.log());

        assertTrue(told.tryAcquire(3, LIMIT, TimeUnit.SECONDS));
        assertEquals(List.of(), engine.subscriptions().stopped());
    }

    private void noteAndTell(Envelope<?> event, Tx tx) throws SQLException {
        engine.note(event, tx);
        told.release();
    }
}
