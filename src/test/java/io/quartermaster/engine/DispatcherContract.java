package io.quartermaster.engine;

import static io.quartermaster.engine.Scene.add;
import static io.quartermaster.engine.Scene.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.engine.Tally.Command;
import io.quartermaster.engine.Tally.Event;
import io.quartermaster.engine.Tally.Sum;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the dispatcher and loading promise on every log. */
abstract class DispatcherContract {
    static final StreamId ONE = Tally.stream("one");
    static final StreamId TWO = Tally.stream("two");
    final TickingClock clock = new TickingClock();
    final TestEngine engine = engine(clock);
    final Rules rules = new Rules(List.of(new Tally()));
    final Aggregates aggregates = new Aggregates(rules, engine.log());
    final Dispatcher dispatcher = new Dispatcher(rules, aggregates, engine.log());

    abstract TestEngine engine(TickingClock clock);

    @AfterEach
    void close() {
        engine.close();
    }

    private Sum state(StreamId stream) {
        return aggregates.load(stream, Sum.class).state();
    }

    private static Order close(StreamId stream) {
        return new Order(stream, "acme", new Command.Close());
    }

    @Test
    void a_command_becomes_events_and_they_become_the_state() {
        var receipt = dispatcher.send(new Order(ONE, "acme", new Command.Add(5, 3)), ask());
        assertEquals(new Receipt(ONE, 3, 3, 3, false), receipt);
        assertEquals(
                new Loaded<>(ONE, 3, "acme", new Sum.Open(15, 3)), aggregates.load(ONE, Sum.class));
        assertEquals(
                new Loaded<>(TWO, 0, null, new Sum.Open(0, 0)), aggregates.load(TWO, Sum.class));
    }

    @Test
    void a_repeated_command_gets_its_answer_even_where_a_rule_would_now_forbid_it() {
        var ask = ask();
        var answer = dispatcher.send(close(ONE), ask);
        assertThrows(Rejected.class, () -> dispatcher.send(close(ONE), ask()));

        var again = dispatcher.send(close(ONE), ask);

        assertEquals(new Receipt(ONE, 1, 1, 1, true), again);
        assertEquals(answer.version(), again.version());
        assertEquals(1, engine.log().head());
    }

    @Test
    void many_commands_are_carried_out_together_or_not_at_all() {
        var orders = List.of(add(ONE, 1), add(TWO, 2), close(ONE), add(ONE, 3));
        assertThrows(Rejected.class, () -> dispatcher.sendAll(orders, ask()));
        assertEquals(0, engine.log().head());

        var receipts = dispatcher.sendAll(List.of(add(ONE, 1), add(TWO, 2), close(ONE)), ask());

        assertEquals(List.of(1L, 1L, 2L), receipts.stream().map(Receipt::version).toList());
        assertEquals(List.of(1L, 2L, 3L), receipts.stream().map(Receipt::position).toList());
        assertEquals(new Sum.Closed(1), state(ONE));
    }

    @Test
    void what_would_happen_can_be_asked_without_its_happening() {
        dispatcher.send(add(ONE, 1), ask());
        var decisions = dispatcher.decideOnly(List.of(add(ONE, 2), close(ONE)));
        var open = new Sum.Open(3, 2);
        var adding = new Decision(ONE, 1, new Sum.Open(1, 1), open, List.of(new Event.Added(2)));
        var closing = new Decision(ONE, 1, open, new Sum.Closed(3), List.of(new Event.Closed()));
        assertEquals(List.of(adding, closing), decisions);
        assertEquals(1, engine.log().head());
    }

    @Test
    void an_expected_version_that_is_not_the_actual_one_is_a_typed_conflict() {
        dispatcher.send(add(ONE, 1), ask());
        dispatcher.send(add(ONE, 1).expecting(1), ask());
        var stale = add(ONE, 1).expecting(1);
        var conflict = assertThrows(Conflict.class, () -> dispatcher.send(stale, ask()));
        assertEquals(new Expected.Exactly(1), conflict.expected());
        assertEquals(2, conflict.actual());
        assertThrows(Conflict.class, () -> dispatcher.decideOnly(List.of(stale)));
    }

    @Test
    void many_senders_to_one_aggregate_lose_nothing_and_all_of_them_succeed() throws Exception {
        var receipts =
                Scene.together(
                        64,
                        sender -> {
                            var done = new ArrayList<Receipt>();
                            var own = Tally.stream("own-" + sender);
                            for (int i = 0; i < 5; i++) {
                                var both = List.of(add(own, 1), add(ONE, 1));
                                done.add(dispatcher.sendAll(both, ask()).getLast());
                            }
                            return done;
                        });
        assertEquals(new Sum.Open(320, 320), state(ONE));
        var versions = receipts.stream().map(Receipt::version).sorted().toList();
        assertEquals(Scene.range(1, 320), versions);
    }

    @Test
    void senders_who_name_two_contended_streams_in_either_order_do_not_wait_for_each_other()
            throws Exception {
        Scene.together(
                16,
                sender -> {
                    var orders = List.of(add(ONE, 1), add(TWO, 1));
                    for (int i = 0; i < 10; i++) {
                        dispatcher.sendAll(sender % 2 == 0 ? orders : orders.reversed(), ask());
                    }
                    return List.of();
                });
        assertEquals(new Sum.Open(160, 160), state(ONE));
        assertEquals(new Sum.Open(160, 160), state(TWO));
    }

    @Test
    void a_mistake_in_a_decider_reaches_the_sender_and_writes_nothing() {
        var broken = new Order(ONE, "acme", new Command.Break());
        assertThrows(IllegalStateException.class, () -> dispatcher.send(broken, ask()));
        assertEquals(0, engine.log().head());
        var stranger = new Order(new StreamId("stranger", "x"), "acme", new Command.Close());
        assertThrows(IllegalArgumentException.class, () -> dispatcher.send(stranger, ask()));
    }

    @Test
    void an_aggregate_can_be_seen_as_of_a_version() {
        dispatcher.sendAll(List.of(add(ONE, 1), add(ONE, 10), close(ONE)), ask());
        var states = new ArrayList<Sum>();
        for (int version = 0; version <= 4; version++) {
            states.add(aggregates.loadAt(ONE, version, Sum.class).state());
        }
        var then = List.of(new Sum.Open(0, 0), new Sum.Open(1, 1), new Sum.Open(11, 2));
        assertEquals(then, states.subList(0, 3));
        assertEquals(List.of(new Sum.Closed(11), new Sum.Closed(11)), states.subList(3, 5));
    }

    @Test
    void an_aggregate_can_be_seen_as_of_a_time() {
        for (int i = 1; i <= 3; i++) {
            dispatcher.send(add(ONE, i), ask());
            clock.advance(Duration.ofMinutes(1));
        }
        var events = aggregates.history(ONE, 1, 10);
        var first = events.getFirst().recordedAt();
        var before = aggregates.loadAt(ONE, first.minusNanos(1000), Sum.class);
        assertEquals(new Loaded<>(ONE, 0, null, new Sum.Open(0, 0)), before);
        for (var event : events) {
            var then = aggregates.loadAt(ONE, event.recordedAt(), Sum.class);
            assertEquals(event.version(), then.version());
        }
    }
}
