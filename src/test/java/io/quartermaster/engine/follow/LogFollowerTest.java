package io.quartermaster.engine.follow;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.Database;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.MemoryLog;
import io.quartermaster.engine.Meters;
import io.quartermaster.engine.PostgresLog;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.Tally;
import io.quartermaster.engine.TestDatabase;
import io.quartermaster.engine.TickingClock;
import io.quartermaster.engine.WatchedSource;
import io.quartermaster.engine.WorkLoop;
import io.quartermaster.engine.lease.LeaseKeeper;
import io.quartermaster.engine.lease.PostgresLeases;
import io.quartermaster.engine.subscription.PostgresSubscriptions;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.engine.subscription.SubscriptionLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one database, of which one hears what the other appends. */
class LogFollowerTest {
    private static final long LIMIT = 20;
    private final TestDatabase postgres = new TestDatabase();
    private final Database database = postgres.database();
    private final Semaphore woken = new Semaphore(0);

    @AfterEach
    void close() {
        postgres.close();
    }

    private PostgresLog log(Database on) {
        return new PostgresLog(on, Tally.codec(), PostgresLog.Limits.ORDINARY, Meters.none());
    }

    private static void append(PostgresLog log) {
        log.append(command(adding(Tally.stream("one"), new Expected.Any(), 1)));
    }

    private AppendListener listening(AppendNotifier except) throws InterruptedException {
        var listener = new AppendListener(database, except::isSender, woken::release);
        listener.start();
        awaitWaking("it listens");
        return listener;
    }

    private void awaitWaking(String what) throws InterruptedException {
        assertTrue(woken.tryAcquire(LIMIT, TimeUnit.SECONDS), what);
    }

    @Test
    void an_append_here_wakes_a_subscriber_there_that_never_looks_by_itself() throws Exception {
        var here = log(database);
        var notifier = new AppendNotifier(database);
        here.onAppend(notifier::appended);
        notifier.start();
        BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
        var settings = SubscriberSettings.ordinary(Clock.systemUTC(), new Random(1));
        var ports =
                new Subscriber.Ports(log(database), new PostgresSubscriptions(database), settings);
        var events = Set.<Class<?>>of(Tally.Event.class);
        var subscription =
                Subscription.pure("there.v1", events, (event, tx) -> arrived.add(event.position()));
        try (notifier;
                var keeper =
                        new LeaseKeeper(new PostgresLeases(database), "there", Clock.systemUTC());
                var loop = new SubscriptionLoop(subscription, Slices.ALL, ports, keeper);
                var listener =
                        new AppendListener(
                                database,
                                _ -> false,
                                () -> {
                                    loop.wake();
                                    woken.release();
                                })) {
            append(here);
            keeper.start();
            loop.start();
            assertEquals(1, arrived.poll(LIMIT, TimeUnit.SECONDS));
            listener.start();
            awaitWaking("it listens");
            append(here);
            assertEquals(2, arrived.poll(LIMIT, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_listener_whose_connection_breaks_takes_another_one() throws Exception {
        try (var notifier = new AppendNotifier(database);
                var listener = listening(notifier)) {
            assertNotNull(listener);
            var killed =
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND query LIKE 'LISTEN%'";
            assertEquals(1, database.query(killed, row -> row.getBoolean(1)).size());
            awaitWaking("it listens again, and looks what it has missed");
            notify(database);
            awaitWaking("it hears");
        }
    }

    private static void notify(Database database) {
        var sql = "SELECT pg_notify('" + AppendNotifier.CHANNEL + "', '')";
        database.query(sql, row -> true);
    }

    @Test
    void notices_of_many_appends_are_sent_one_at_a_time_and_stand_for_all_before()
            throws Exception {
        var sent = new AtomicInteger();
        var gate = new Semaphore(0);
        var started = new Semaphore(0);
        var slow =
                new WatchedSource(
                        postgres.pool(),
                        (connection, trip) -> {
                            sent.incrementAndGet();
                            started.release();
                            gate.acquire();
                            return trip.go();
                        });
        try (var notifier = new AppendNotifier(new Database(slow.dataSource()))) {
            notifier.start();
            notifier.appended();
            started.acquire();
            for (int i = 0; i < 1000; i++) notifier.appended();
            assertEquals(1, sent.get());
            gate.release();
            started.acquire();
            gate.release(1000);
        }
        assertEquals(2, sent.get());
    }

    @Test
    void an_append_that_nobody_told_of_is_found_by_looking() throws Exception {
        var log = new MemoryLog(new TickingClock());
        try (var watch = new HeadWatch(log, woken::release)) {
            watch.start();
            log.append(command(adding(Tally.stream("one"), new Expected.Any(), 1)));
            awaitWaking("somebody looked");
        }
    }

    @Test
    void twenty_idle_loops_ask_nothing() throws Exception {
        var statements = new AtomicInteger();
        var counted =
                new WatchedSource(
                        postgres.pool(),
                        (connection, trip) -> {
                            statements.incrementAndGet();
                            return trip.go();
                        });
        var idle = new Database(counted.dataSource());
        append(log(idle));
        var delivered = new Semaphore(0);
        var loops = new ArrayList<SubscriptionLoop>();
        try (var keeper =
                new LeaseKeeper(new PostgresLeases(database), "idle", Clock.systemUTC())) {
            for (int i = 0; i < 20; i++) loops.add(loop("idle-" + i, idle, keeper, delivered));
            keeper.start();
            loops.forEach(SubscriptionLoop::start);
            assertTrue(delivered.tryAcquire(20, LIMIT, TimeUnit.SECONDS));
            letPass(10);
            statements.set(0);
            letPass(20);
            assertEquals(0, statements.get(), "polls in two seconds");
        } finally {
            loops.forEach(SubscriptionLoop::close);
        }
    }

    private SubscriptionLoop loop(
            String name, Database on, LeaseKeeper keeper, Semaphore delivered) {
        var settings = SubscriberSettings.ordinary(Clock.systemUTC(), new Random(1));
        var ports = new Subscriber.Ports(log(on), new PostgresSubscriptions(on), settings);
        var subscription =
                Subscription.pure(
                        name + ".v1",
                        Set.of(Tally.Event.class),
                        (event, tx) -> delivered.release());
        return new SubscriptionLoop(subscription, Slices.ALL, ports, keeper);
    }

    private static void letPass(int tenths) throws InterruptedException {
        var ticks = new Semaphore(0);
        WorkLoop.Work tick =
                () -> {
                    ticks.release();
                    return false;
                };
        try (var loop = new WorkLoop("ticks", Duration.ofMillis(100), List.of(), tick)) {
            loop.start();
            ticks.acquire(tenths + 1);
        }
    }
}
