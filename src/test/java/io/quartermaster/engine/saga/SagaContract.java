package io.quartermaster.engine.saga;

import static io.quartermaster.engine.Scene.add;
import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.ask;
import static io.quartermaster.engine.Scene.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.Order;
import io.quartermaster.engine.Rules;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.Tally;
import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sagas, their queue and their deadlines promise. */
abstract class SagaContract {
    private static final StreamId SOURCE = Tally.stream("source");
    private static final StreamId OTHER = Tally.stream("other");
    private static final StreamId TARGET = Tally.stream("target");
    private static final Duration HOUR = Duration.ofHours(1);
    final TickingClock clock = new TickingClock();
    final TestEngine engine = engine(clock);
    private final Rules rules = new Rules(List.of(new Tally()));
    private final Dispatcher dispatcher =
            new Dispatcher(rules, new Aggregates(rules, engine.log()), engine.log());
    private final Outbox outbox = new Outbox(engine.sagas(), dispatcher, clock);
    private long epoch;

    abstract TestEngine engine(TickingClock clock);

    @AfterEach
    void close() {
        engine.close();
    }

    private Subscriber start(Counting saga) {
        var settings = SubscriberSettings.ordinary(clock, new Random(1));
        var ports = new Subscriber.Ports(engine.log(), engine.subscriptions(), settings);
        var subscription = new SagaHost(engine.sagas()).subscription(saga);
        return new Subscriber(subscription, Slices.ALL, ++epoch, ports);
    }

    /** Until nothing follows from anything any more. */
    private void settle(Subscriber subscriber) {
        boolean busy = true;
        while (busy) busy = !subscriber.poll().idle() | outbox.drain(Runnable::run) > 0;
    }

    private void append(StreamId stream) {
        engine.log().append(command(adding(stream, new Expected.Any(), 1)));
    }

    private List<Integer> amounts(StreamId stream) {
        return engine.log().readStream(stream, 1, 100).stream().map(SagaContract::amount).toList();
    }

    private static int amount(Envelope<?> event) {
        return event.event() instanceof Tally.Event.Added(int amount) ? amount : 0;
    }

    private static Effect send(StreamId target, int amount) {
        return new Effect.Send(target, new Tally.Command.Add(amount, 1));
    }

    private Effect later(String name, int amount) {
        return new Effect.Schedule(
                name, clock.instant().plus(HOUR), TARGET, new Tally.Command.Add(amount, 1));
    }

    @Test
    void commands_of_an_instance_are_sent_in_order_under_ids_that_follow_from_the_event() {
        append(SOURCE);
        settle(
                start(
                        new Counting(
                                "sums.v1",
                                SOURCE,
                                n -> List.of(send(TARGET, 7), send(TARGET, 8)))));
        assertEquals(List.of(7, 8), amounts(TARGET));
        var event = engine.log().read(0, 1).getFirst();
        for (int i = 0; i < 2; i++) {
            assertTrue(engine.log().answerTo(Ids.derive(event.eventId(), "sums/" + i)).isPresent());
        }
        assertEquals(new SagaStore.Backlog(0, 0, 0), engine.sagas().backlog());
    }

    @Test
    void a_command_may_count_from_an_earlier_instant() {
        append(SOURCE);
        var then = clock.instant().minus(HOUR);
        var command = new Tally.Command.Add(7, 1);
        settle(
                start(
                        new Counting(
                                "sums.v1",
                                SOURCE,
                                n -> List.of(new Effect.Send(TARGET, command, then)))));
        var event = engine.log().readStream(TARGET, 1, 1).getFirst();
        assertEquals(then, event.effectiveAt());
    }

    @Test
    void a_deadline_fires_once_when_its_time_has_come() throws Exception {
        append(SOURCE);
        settle(start(new Counting("sums.v1", SOURCE, n -> List.of(later("soon", 7)))));
        assertEquals(List.of(), amounts(TARGET));
        clock.advance(HOUR);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> drain = () -> outbox.drain(Runnable::run);
            for (var done : threads.invokeAll(List.of(drain, drain))) done.get();
        }
        while (outbox.drain(Runnable::run) > 0) clock.advance(HOUR);
        assertEquals(List.of(7), amounts(TARGET));
    }

    @Test
    void a_deadline_of_the_same_name_replaces_the_one_before() {
        append(SOURCE);
        append(SOURCE);
        var subscriber = start(new Counting("sums.v1", SOURCE, n -> List.of(later("soon", n))));
        settle(subscriber);
        assertEquals(1, engine.sagas().backlog().scheduled());
        clock.advance(HOUR);
        settle(subscriber);
        assertEquals(List.of(2), amounts(TARGET));
    }

    @Test
    void a_deadline_that_is_cancelled_by_its_name_never_fires() {
        var subscriber =
                start(
                        new Counting(
                                "sums.v1",
                                SOURCE,
                                n ->
                                        n == 1
                                                ? List.of(later("soon", 1), later("late", 2))
                                                : List.of(new Effect.Cancel("soon"))));
        append(SOURCE);
        append(SOURCE);
        settle(subscriber);
        clock.advance(HOUR);
        settle(subscriber);
        assertEquals(List.of(2), amounts(TARGET));
    }

    @Test
    void a_refusal_is_recorded_and_what_follows_goes_on() {
        dispatcher.send(new Order(OTHER, "acme", new Tally.Command.Close()), ask());
        append(SOURCE);
        settle(
                start(
                        new Counting(
                                "sums.v1", SOURCE, n -> List.of(send(OTHER, 1), send(TARGET, 2)))));
        assertEquals(List.of("tally-closed"), engine.refusals());
        assertEquals(List.of(2), amounts(TARGET));
    }

    @Test
    void what_cannot_be_sent_is_postponed_and_holds_up_its_own_instance_only() {
        append(SOURCE);
        append(OTHER);
        var saga =
                new Counting(
                        "sums.v1",
                        null,
                        n ->
                                List.of(
                                        new Effect.Send(SOURCE, new Tally.Command.Break()),
                                        send(TARGET, 1)));
        var subscriber = start(saga.butFor(OTHER, send(TARGET, 9)));
        subscriber.poll();
        outbox.drain(Runnable::run);
        assertEquals(List.of(9), amounts(TARGET));
        assertEquals(2, engine.sagas().backlog().queued());
        assertEquals(1, engine.sagas().backlog().failing());
        assertEquals(0, outbox.drain(Runnable::run), "before its pause is over");
        clock.advance(HOUR);
        assertEquals(2, outbox.drain(Runnable::run), "and again after it");
        assertEquals(List.of(9), amounts(TARGET));
    }

    @Test
    void a_saga_may_send_to_the_aggregate_that_it_listens_to() {
        var saga =
                new Counting("sums.v1", SOURCE, n -> n < 5 ? List.of(send(SOURCE, n)) : List.of());
        append(SOURCE);
        settle(start(saga));
        assertEquals(List.of(1, 1, 2, 3, 4), amounts(SOURCE));
    }

    @Test
    void an_append_to_the_stream_that_is_being_delivered_is_delivered_next() {
        var saga =
                new Counting(
                        "sums.v1",
                        SOURCE,
                        n -> {
                            if (n < 4) dispatcher.send(add(SOURCE, n), ask());
                            return List.of(send(TARGET, n));
                        });
        append(SOURCE);
        settle(start(saga));
        assertEquals(List.of(1, 1, 2, 3), amounts(SOURCE));
        assertEquals(List.of(1, 2, 3, 4), amounts(TARGET));
    }

    @Test
    void a_new_version_takes_note_of_old_events_and_acts_upon_new_ones_only() {
        append(SOURCE);
        append(SOURCE);
        settle(
                start(
                        new Counting(
                                "sums.v1",
                                SOURCE,
                                n -> List.of(send(TARGET, n), later("soon", 100)))));
        var next = start(new Counting("sums.v2", SOURCE, n -> List.of(send(TARGET, n * 10))));
        settle(next);
        assertEquals(List.of(1, 2), amounts(TARGET));

        append(SOURCE);
        settle(next);

        assertEquals(List.of(1, 2, 30), amounts(TARGET));
        clock.advance(HOUR);
        settle(next);
        assertEquals(List.of(1, 2, 30, 100), amounts(TARGET));
    }

    @Test
    void a_new_version_can_cancel_what_the_old_one_has_scheduled() {
        append(SOURCE);
        settle(start(new Counting("sums.v1", SOURCE, n -> List.of(later("soon", 100)))));
        var next = start(new Counting("sums.v2", SOURCE, n -> List.of(new Effect.Cancel("soon"))));
        append(SOURCE);
        settle(next);
        assertEquals(new SagaStore.Backlog(0, 0, 0), engine.sagas().backlog());
    }

    @Test
    void two_versions_side_by_side_want_the_same_thing_once() {
        var old = start(new Counting("sums.v1", SOURCE, n -> List.of(send(TARGET, n))));
        var next = start(new Counting("sums.v2", SOURCE, n -> List.of(send(TARGET, n))));
        var seen = new ArrayList<Integer>();
        for (int i = 1; i <= 3; i++) {
            append(SOURCE);
            settle(old);
            settle(next);
            seen.add(i);
        }
        assertEquals(seen, amounts(TARGET));
    }
}
