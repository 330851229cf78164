package io.quartermaster.engine.subscription;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.change;
import static io.quartermaster.engine.Scene.command;
import static io.quartermaster.engine.Scene.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.Tally;
import io.quartermaster.engine.Tally.Event;
import io.quartermaster.engine.TestEngine;
import io.quartermaster.engine.TickingClock;
import io.quartermaster.engine.subscription.SubscriptionStore.Resolution;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every subscriber promises. */
abstract class SubscriberContract {
    static final StreamId ONE = Tally.stream("one");
    static final StreamId TWO = Tally.stream("two");
    static final Expected ANY = new Expected.Any();
    final TickingClock clock = new TickingClock();
    final TestEngine engine = engine(clock);
    final Set<Long> failing = new HashSet<>();
    final List<Long> seen = new ArrayList<>();
    long epoch = 1;

    abstract TestEngine engine(TickingClock clock);

    @AfterEach
    void close() {
        engine.close();
    }

    Subscriber open(Subscription subscription) {
        return open(subscription, Slices.ALL, epoch++);
    }

    Subscriber open(Subscription subscription, Slices slices, long underEpoch) {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 3);
        var settings = new SubscriberSettings(10, 500, backoff, clock, new Random(1));
        var ports = new Subscriber.Ports(engine.log(), engine.subscriptions(), settings);
        return new Subscriber(subscription, slices, underEpoch, ports);
    }

    /** Notes what it is given, and throws at what is to fail. */
    Subscription noting(String name) {
        return Subscription.pure(
                name,
                Set.of(Event.class),
                (event, tx) -> {
                    engine.note(event, tx);
                    if (failing.contains(event.position())) throw new IllegalStateException("no");
                });
    }

    Subscription effect(String name) {
        return Subscription.effect(name, Set.of(Event.class), this::act);
    }

    private void act(Envelope<?> event) {
        seen.add(event.position());
        if (failing.contains(event.position())) throw new IllegalStateException("no");
    }

    void append(StreamId stream, int events) {
        engine.log().append(command(adding(stream, ANY, events)));
    }

    void pause() {
        clock.advance(Duration.ofSeconds(3));
    }

    @Test
    void each_event_is_handled_once_and_in_order() {
        append(ONE, 3);
        var subscriber = open(noting("notes.v1"));
        subscriber.poll();
        append(TWO, 2);
        assertEquals(new Polled(2, 2, 0, 5), subscriber.poll());
        assertTrue(subscriber.poll().idle());
        assertEquals(range(1, 5), engine.notes());
    }

    @Test
    void batches_are_large_behind_and_ten_when_up_with_the_log() {
        append(ONE, 600);
        var subscriber = open(noting("notes.v1"));
        assertEquals(500, subscriber.poll().read());
        assertEquals(100, subscriber.poll().read());
        append(ONE, 15);
        assertEquals(10, subscriber.poll().read());
        assertEquals(5, subscriber.poll().read());
        assertEquals(range(1, 615), engine.notes());
    }

    @Test
    void unwanted_events_are_passed_over_and_saved_once_in_a_while() {
        append(ONE, 2);
        var closing = Subscription.pure("closing.v1", Set.of(Event.Closed.class), engine::note);
        var subscriber = open(closing);
        assertEquals(new Polled(2, 0, 0, 2), subscriber.poll());
        assertEquals(0, engine.subscriptions().checkpoints().getFirst().position());
        assertEquals(Duration.ofMillis(250), subscriber.rest());
        pause();
        subscriber.poll();
        assertEquals(2, engine.subscriptions().checkpoints().getFirst().position());
        engine.log().append(command(change(ONE, ANY, new Event.Closed())));
        subscriber.poll();
        assertEquals(List.of(3L), engine.notes());
    }

    @Test
    void a_failing_event_parks_its_stream_and_the_others_go_on() {
        append(ONE, 1);
        append(TWO, 1);
        append(ONE, 1);
        failing.add(1L);
        var subscriber = open(noting("notes.v1"));

        var polled = subscriber.poll();

        assertEquals(new Polled(3, 1, 1, 3), polled);
        assertEquals(List.of(2L), engine.notes());
        var parked = engine.subscriptions().parked().getFirst();
        assertEquals(ONE, parked.stream());
        assertEquals(1, parked.version());
        assertEquals("IllegalStateException: no", parked.error());
    }

    @Test
    void a_parked_stream_goes_on_in_order_once_its_event_goes_through() {
        append(ONE, 2);
        append(TWO, 1);
        append(ONE, 1);
        failing.add(1L);
        var subscriber = open(noting("notes.v1"));
        subscriber.poll();
        subscriber.poll();
        failing.clear();
        assertTrue(subscriber.poll().idle());
        pause();
        append(ONE, 1);

        assertEquals(4, subscriber.poll().handled());

        assertEquals(List.of(3L, 1L, 2L, 4L, 5L), engine.notes());
        assertEquals(List.of(), engine.subscriptions().parked());
    }

    @Test
    void one_who_throws_for_ever_ends_as_a_dead_letter_and_holds_nobody_up() {
        failing.add(1L);
        append(ONE, 2);
        append(TWO, 1);
        var subscriber = open(noting("notes.v1"));
        for (int i = 0; i < 10; i++) {
            subscriber.poll();
            pause();
        }
        append(TWO, 1);
        subscriber.poll();

        assertEquals(List.of(3L, 4L), engine.notes());
        var letter = engine.subscriptions().deadLetters().getFirst();
        assertEquals(3, letter.attempts());
        assertEquals(ONE, letter.stream());
        assertEquals(4, subscriber.position());
    }

    @Test
    void a_dead_letter_is_tried_again_in_order_when_a_person_says_so() {
        var subscriber = withDeadLetter();
        failing.clear();
        var letter = engine.subscriptions().deadLetters().getFirst();
        var retry = new Resolution(false, "mended", "ann", clock.instant());

        assertTrue(engine.subscriptions().resolve(letter.id(), retry));
        pause();
        subscriber.poll();

        assertEquals(range(1, 2), engine.notes());
        assertEquals(List.of(), engine.subscriptions().deadLetters());
        assertEquals(List.of(), engine.subscriptions().parked());
        assertFalse(engine.subscriptions().resolve(letter.id(), retry));
    }

    @Test
    void a_dead_letter_is_skipped_when_a_person_says_so() {
        var subscriber = withDeadLetter();
        var letter = engine.subscriptions().deadLetters().getFirst();

        var skip = new Resolution(true, "of no use", "ann", clock.instant());
        assertTrue(engine.subscriptions().resolve(letter.id(), skip));
        pause();
        subscriber.poll();

        assertEquals(List.of(2L), engine.notes());
        assertEquals(List.of(), engine.subscriptions().parked());
    }

    private Subscriber withDeadLetter() {
        failing.add(1L);
        append(ONE, 2);
        var subscriber = open(noting("notes.v1"));
        for (int i = 0; i < 10; i++) {
            subscriber.poll();
            pause();
        }
        assertEquals(List.of(), engine.notes());
        return subscriber;
    }

    @Test
    void whoever_is_fenced_off_writes_nothing() {
        append(ONE, 1);
        var old = open(noting("notes.v1"), Slices.ALL, 1);
        var young = open(noting("notes.v1"), Slices.ALL, 2);
        assertThrows(Fenced.class, old::poll);
        young.poll();
        append(ONE, 1);
        assertThrows(Fenced.class, old::poll);
        assertThrows(Fenced.class, () -> open(noting("notes.v1"), Slices.ALL, 1));
        young.poll();
        assertEquals(range(1, 2), engine.notes());
    }

    @Test
    void a_successor_goes_on_where_the_other_stopped() {
        append(ONE, 3);
        open(noting("notes.v1")).poll();
        append(ONE, 2);
        open(noting("notes.v1")).poll();
        assertEquals(range(1, 5), engine.notes());
    }

    @Test
    void a_parked_stream_stays_parked_for_a_successor() {
        failing.add(1L);
        append(ONE, 2);
        open(noting("notes.v1")).poll();
        failing.clear();
        var successor = open(noting("notes.v1"));
        successor.poll();
        assertEquals(List.of(), engine.notes());
        pause();
        successor.poll();
        assertEquals(range(1, 2), engine.notes());
    }

    @Test
    void an_effect_spares_the_world_its_history() {
        append(ONE, 3);
        var subscriber = open(effect("world.v1"));
        subscriber.poll();
        append(ONE, 1);
        subscriber.poll();
        assertEquals(List.of(4L), seen);
    }

    @Test
    void a_failing_effect_parks_its_stream_and_repeats_nothing_else() {
        var subscriber = open(effect("world.v1"));
        append(ONE, 1);
        append(TWO, 1);
        append(ONE, 1);
        append(TWO, 1);
        failing.add(2L);
        subscriber.poll();
        assertEquals(List.of(1L, 2L, 3L), seen);
        failing.clear();
        pause();
        subscriber.poll();
        assertEquals(List.of(1L, 2L, 3L, 2L, 4L), seen);
    }
}
