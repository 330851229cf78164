package io.quartermaster.engine;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.command;
import static io.quartermaster.engine.Scene.positions;
import static io.quartermaster.engine.Scene.range;
import static io.quartermaster.engine.Scene.versions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.Mortal.Death;
import io.quartermaster.engine.saga.Counting;
import io.quartermaster.engine.saga.Outbox;
import io.quartermaster.engine.saga.SagaHost;
import io.quartermaster.engine.saga.SagaStore;
import io.quartermaster.engine.subscription.Backoff;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.es.Effect;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process is killed at each of its statements in turn, just before and just after it; another one
 * starts and does what it would have done. Nothing is lost, nothing happens twice.
 */
class DeathTest {
    private static final Expected ANY = new Expected.Any();
    private static final Duration HOUR = Duration.ofHours(1);
    private final TestDatabase postgres = new TestDatabase();
    private final TickingClock clock = new TickingClock();
    private final TestEngine healthy = new PostgresEngine(postgres.pool(), () -> {});

    DeathTest() {
        PostgresEngine.makeNotes(postgres.database());
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    /** Work that can be done again. */
    private interface Life {
        void live(TestEngine engine, int number);
    }

    /** What must be true after each. */
    private interface Check {
        void after(int number);
    }

    private void dieAtEachStatement(Death death, Life life, Check check) {
        int number = 0;
        boolean died = true;
        while (died) {
            number++;
            var mortal = new Mortal(postgres.unpooled(), number, death);
            var engine = new PostgresEngine(mortal.over(postgres.unpooled()), () -> {});
            try {
                life.live(engine, number);
            } catch (RuntimeException dead) {
                assertTrue(mortal.hasDied(), dead::toString);
            }
            died = mortal.hasDied();
            life.live(healthy, number);
            check.after(number);
        }
        assertTrue(number > 1, "it never died");
    }

    private static void append(EventLog log, int number, StreamId stream, int events) {
        var id = UUID.nameUUIDFromBytes((stream + "/" + number).getBytes());
        log.append(command(id, adding(stream, ANY, events)));
    }

    private List<Integer> amounts(StreamId stream) {
        return healthy.log().readStream(stream, 1, 100).stream()
                .map(e -> e.event() instanceof Tally.Event.Added(int amount) ? amount : 0)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void while_it_appends(Death death) {
        dieAtEachStatement(
                death,
                (engine, n) -> append(engine.log(), n, Tally.stream("s" + n), 3),
                n -> {
                    var log = healthy.log();
                    assertEquals(
                            range(1, 3), versions(log.readStream(Tally.stream("s" + n), 1, 10)));
                    assertEquals(range(1, n * 3L), positions(log.read(0, 1000)));
                });
    }

    private Subscriber open(Subscription subscription, TestEngine engine, int epoch) {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
        var settings = new SubscriberSettings(10, 500, backoff, clock, new Random(1));
        var ports = new Subscriber.Ports(engine.log(), engine.subscriptions(), settings);
        return new Subscriber(subscription, Slices.ALL, epoch, ports);
    }

    /** Each of these is a process, and each process has a greater epoch. */
    private int epoch;

    @ParameterizedTest
    @EnumSource
    void while_it_delivers(Death death) {
        dieAtEachStatement(
                death,
                (engine, n) -> {
                    append(healthy.log(), n, Tally.stream("s" + n), 2);
                    append(healthy.log(), n, Tally.stream("t" + n), 1);
                    var subscriber = open(notes(engine), engine, ++epoch);
                    while (!subscriber.poll().idle()) clock.advance(HOUR);
                },
                n -> assertEquals(range(1, n * 3L), healthy.notes()));
    }

    private static Subscription notes(TestEngine engine) {
        return Subscription.pure("notes.v1", Set.of(Tally.Event.class), engine::note);
    }

    @ParameterizedTest
    @EnumSource
    void while_a_saga_reacts_and_its_commands_are_sent(Death death) {
        dieAtEachStatement(
                death,
                (engine, n) -> {
                    append(healthy.log(), n, Tally.stream("s" + n), 2);
                    react(engine, n);
                },
                n -> {
                    assertEquals(List.of(10, 20, 30), amounts(Tally.stream("target" + n)));
                    assertEquals(new SagaStore.Backlog(0, 0, 0), healthy.sagas().backlog());
                });
    }

    private void react(TestEngine engine, int n) {
        var target = Tally.stream("target" + n);
        var saga =
                new Counting(
                        "sums-" + n + ".v1",
                        Tally.stream("s" + n),
                        count ->
                                List.of(
                                        add(target, count * 10),
                                        new Effect.Schedule(
                                                "soon",
                                                clock.instant().plus(HOUR),
                                                target,
                                                new Tally.Command.Add(30, 1))));
        var subscriber = open(new SagaHost(engine.sagas()).subscription(saga), engine, ++epoch);
        var rules = new Rules(List.of(new Tally()));
        var dispatcher = new Dispatcher(rules, new Aggregates(rules, engine.log()), engine.log());
        var outbox = new Outbox(engine.sagas(), dispatcher, clock);
        while (!subscriber.poll().idle() | outbox.drain(Runnable::run) > 0) {
            clock.advance(Duration.ofMinutes(1));
        }
        clock.advance(HOUR);
        while (outbox.drain(Runnable::run) > 0) clock.advance(HOUR);
    }

    private static Effect add(StreamId target, int amount) {
        return new Effect.Send(target, new Tally.Command.Add(amount, 1));
    }

    @ParameterizedTest
    @EnumSource
    void while_it_records_a_refusal(Death death) {
        dieAtEachStatement(
                death,
                (engine, n) -> {
                    append(healthy.log(), n, Tally.stream("s" + n), 1);
                    refuse(engine, n);
                },
                n -> {
                    var refused = healthy.refusals();
                    assertEquals(n, refused.size(), refused::toString);
                    assertEquals(List.of(7), amounts(Tally.stream("target" + n)));
                });
    }

    private void refuse(TestEngine engine, int n) {
        var closed = Tally.stream("closed" + n);
        if (healthy.log().stream(closed).isEmpty()) {
            healthy.log().append(command(Scene.change(closed, ANY, new Tally.Event.Closed())));
        }
        var saga =
                new Counting(
                        "sums-" + n + ".v1",
                        Tally.stream("s" + n),
                        count -> List.of(add(closed, 1), add(Tally.stream("target" + n), 7)));
        var subscriber = open(new SagaHost(engine.sagas()).subscription(saga), engine, ++epoch);
        var rules = new Rules(List.of(new Tally()));
        var dispatcher = new Dispatcher(rules, new Aggregates(rules, engine.log()), engine.log());
        var outbox = new Outbox(engine.sagas(), dispatcher, clock);
        while (!subscriber.poll().idle() | outbox.drain(Runnable::run) > 0) clock.advance(HOUR);
    }
}
