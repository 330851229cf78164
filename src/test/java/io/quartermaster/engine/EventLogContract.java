package io.quartermaster.engine;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.change;
import static io.quartermaster.engine.Scene.command;
import static io.quartermaster.engine.Scene.positions;
import static io.quartermaster.engine.Scene.range;
import static io.quartermaster.engine.Scene.versions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.EventLog.Wanted;
import io.quartermaster.engine.Tally.Colour;
import io.quartermaster.engine.Tally.Event;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every event log promises. */
abstract class EventLogContract {
    static final StreamId ONE = Tally.stream("one");
    static final StreamId TWO = Tally.stream("two");
    static final Expected ANY = new Expected.Any();
    static final Expected NONE = new Expected.None();

    /** A log without events. */
    abstract EventLog log();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 50})
    void the_events_of_a_command_get_consecutive_versions_and_positions(int count) {
        log().append(command(adding(TWO, NONE, 2)));
        log().append(command(adding(ONE, NONE, 1)));

        var receipt = log().append(command(adding(ONE, ANY, count))).getFirst();

        assertEquals(new Receipt(ONE, 1 + count, 3 + count, count, false), receipt);
        assertEquals(range(1, 1 + count), versions(log().readStream(ONE, 1, 100)));
        assertEquals(range(1, 3 + count), positions(log().read(0, 100)));
        assertEquals(3 + count, log().head());
    }

    @Test
    void an_event_that_changes_no_state_counts_like_any_other() {
        var colour = new Colour.Mixed(List.of(new Colour.Plain("red"), new Colour.Plain("blue")));
        log().append(command(change(ONE, NONE, new Event.Added(1), new Event.Noted(colour))));
        log().append(command(change(ONE, new Expected.Exactly(2), new Event.Noted(colour))));

        var events = log().readStream(ONE, 1, 10);

        assertEquals(range(1, 3), versions(events));
        assertEquals(new Event.Noted(colour), events.getLast().event());
        assertEquals(3, log().stream(ONE).orElseThrow().version());
    }

    @Test
    void an_envelope_carries_what_the_command_said_and_what_the_log_assigned() {
        var happened = Instant.parse("2026-01-02T03:04:05.678901Z");
        var said = command(adding(ONE, NONE, 1));
        log().append(new Decided(said.metadata(), said.changes(), happened));
        log().append(command(adding(ONE, ANY, 1)));

        var first = log().read(0, 1).getFirst();
        var second = log().read(1, 1).getFirst();

        assertEquals(said.metadata(), first.metadata());
        assertEquals(happened, first.effectiveAt());
        assertEquals(second.recordedAt(), second.effectiveAt());
        assertFalse(second.recordedAt().isBefore(first.recordedAt()));
        assertEquals(new Event.Added(1), first.event());
        var info = log().stream(ONE).orElseThrow();
        var expected = new StreamInfo(ONE, 2, "acme", first.recordedAt(), second.recordedAt());
        assertEquals(expected, info);
    }

    @Test
    void the_same_command_id_twice_has_one_effect_and_the_same_answer() {
        var first = command(adding(ONE, NONE, 2), adding(TWO, NONE, 0), adding(ONE, ANY, 1));
        var answer = log().append(first);
        log().append(command(adding(ONE, ANY, 1)));

        var again = log().append(first);

        assertEquals(4, log().head());
        assertEquals(answer.stream().map(EventLogContract::asRepeated).toList(), again);
        assertEquals(Optional.of(again), log().answerTo(first.metadata().commandId()));
        assertEquals(Optional.empty(), log().answerTo(UUID.randomUUID()));
    }

    @Test
    void a_command_without_events_is_remembered_too() {
        var nothing = command(adding(ONE, NONE, 0));
        var answer = log().append(nothing);
        log().append(command(adding(ONE, NONE, 1)));

        var again = log().append(nothing);

        assertEquals(List.of(new Receipt(ONE, 0, 0, 0, false)), answer);
        assertEquals(List.of(new Receipt(ONE, 0, 0, 0, true)), again);
        assertEquals(Optional.empty(), log().stream(TWO));
    }

    @Test
    void each_expectation_is_held_against_the_actual_version() {
        log().append(command(adding(ONE, NONE, 3)));

        assertConflict(ONE, NONE, 3);
        assertConflict(ONE, new Expected.Exactly(2), 3);
        assertConflict(ONE, new Expected.Exactly(4), 3);
        assertConflict(TWO, new Expected.Exists(), 0);
        assertConflict(TWO, new Expected.Exactly(1), 0);
        log().append(command(adding(ONE, new Expected.Exactly(3), 1)));
        log().append(command(adding(ONE, new Expected.Exists(), 1)));
        log().append(command(adding(TWO, new Expected.Exactly(0), 1)));
        assertEquals(6, log().head());
    }

    private void assertConflict(StreamId stream, Expected expected, long actual) {
        var lost = command(adding(stream, expected, 1));
        var conflict = assertThrows(Conflict.class, () -> log().append(lost));
        assertEquals(stream, conflict.stream());
        assertEquals(expected, conflict.expected());
        assertEquals(actual, conflict.actual());
    }

    @Test
    void a_loser_fails_neither_its_companions_nor_leaves_a_trace() {
        log().append(command(adding(ONE, NONE, 1)));
        var loser = command(adding(TWO, NONE, 1), adding(ONE, NONE, 1));
        var outcomes =
                log().append(
                                List.of(
                                        command(adding(Tally.stream("a"), NONE, 1)),
                                        loser,
                                        command(adding(Tally.stream("b"), NONE, 1)),
                                        command(adding(Tally.stream("b"), NONE, 1)),
                                        command(adding(Tally.stream("b"), ANY, 2))));

        assertInstanceOf(Outcome.Appended.class, outcomes.get(0));
        var lost = assertInstanceOf(Outcome.Lost.class, outcomes.get(1));
        assertInstanceOf(Outcome.Appended.class, outcomes.get(2));
        assertInstanceOf(Outcome.Lost.class, outcomes.get(3));
        assertInstanceOf(Outcome.Appended.class, outcomes.get(4));
        assertEquals(ONE, lost.conflict().stream());
        assertEquals(Optional.empty(), log().stream(TWO));
        assertEquals(Optional.empty(), log().answerTo(loser.metadata().commandId()));
        assertEquals(range(1, 5), positions(log().read(0, 10)));
    }

    @Test
    void a_streams_tenant_is_its_first_events_whatever_is_said_later() {
        log().append(command(adding(ONE, NONE, 1)));
        log().append(command(new Decided.Change(ONE, "thief", ANY, List.of(new Event.Added(1)))));

        var tenants = log().read(0, 10).stream().map(Envelope::tenant).toList();

        assertEquals(List.of("acme", "acme"), tenants);
        assertEquals("acme", log().stream(ONE).orElseThrow().tenant());
    }

    @Test
    void a_loser_does_not_give_a_stream_its_tenant() {
        var stolen =
                new Decided.Change(
                        ONE, "thief", new Expected.Exists(), List.of(new Event.Added(1)));
        log().append(List.of(command(stolen)));
        log().append(List.of(command(adding(TWO, new Expected.Exists(), 1), adding(ONE, ANY, 1))));

        log().append(command(adding(ONE, NONE, 1)));

        assertEquals("acme", log().read(0, 1).getFirst().tenant());
    }

    @Test
    void readers_see_every_position_but_only_the_events_they_want() {
        var slice = Slices.of(ONE);
        log().append(command(adding(ONE, NONE, 1), adding(TWO, NONE, 1)));
        log().append(command(change(ONE, ANY, new Event.Closed())));

        var wanted = new Wanted(Set.of(Event.Added.class), new Slices(slice, slice));
        var rows = log().rows(0, 10, wanted);

        assertEquals(range(1, 3), rows.stream().map(EventLog.Row::position).toList());
        assertEquals(List.of(1L, 1L, 2L), rows.stream().map(EventLog.Row::version).toList());
        var events = rows.stream().map(row -> row.event() != null).toList();
        assertEquals(List.of(true, false, false), events);
        assertEquals(log().read(0, 1).getFirst(), rows.getFirst().event());
        assertEquals(range(2, 3), positions(log().read(1, 2)));
        assertEquals(List.of(), log().rows(3, 10, wanted));
    }

    @Test
    void a_reader_can_wait_for_a_position() throws Exception {
        var waiting = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var arrived =
                    threads.submit(
                            () -> {
                                waiting.await();
                                return log().await(2, Duration.ofSeconds(30));
                            });
            waiting.await();
            log().append(command(adding(ONE, NONE, 2)));
            assertTrue(arrived.get());
        }
        assertFalse(log().await(3, Duration.ofMillis(1)));
    }

    @Test
    void listeners_are_called_after_an_append() {
        var heads = new ArrayList<Long>();
        log().onAppend(() -> heads.add(log().head()));
        log().append(command(adding(ONE, NONE, 2)));
        assertEquals(List.of(2L), heads);
    }

    private static Receipt asRepeated(Receipt r) {
        return new Receipt(r.stream(), r.version(), r.position(), r.events(), true);
    }
}
