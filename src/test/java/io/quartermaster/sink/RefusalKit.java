package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.delivery.Letter.Kind;
import io.quartermaster.billing.delivery.SinkState.Condition;
import io.quartermaster.sink.FarSide.Heard;
import io.quartermaster.sink.FarSide.Reply;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every sink that is spoken to over HTTP must do with what is refused, and a stub of its other
 * side.
 */
abstract class RefusalKit {
    final FarSide far = new FarSide();
    SinkBench bench;

    /** The sink under test, with a token. */
    abstract Sink sink(Sink.Door door);

    /** The ids in a request, in order. */
    abstract List<String> ids(Heard request);

    /** How success looks. */
    abstract int success();

    /** What was taken by the other side, in the order in which it came first. */
    final LinkedHashSet<String> taken = new LinkedHashSet<>();

    /** A bad request with so many slices. */
    Reply refusing(int status, Heard request) {
        return new Reply.Whole(status, "", "{\"title\":\"bad\"}");
    }

    /** How the other side answers when it takes everything, and repeats again. */
    Reply take(Heard request) {
        synchronized (taken) {
            taken.addAll(ids(request));
        }
        return new Reply.Whole(success(), "", "");
    }

    @BeforeEach
    void begin() {
        bench = new SinkBench(sink(new Sink.Door(far.address(), "token")));
        far.answers(this::take);
    }

    @AfterEach
    void end() {
        far.close();
    }

    /** Answers badly so many times, then well. */
    final void badly(int times, Function<Heard, Reply> how) {
        var left = new AtomicInteger(times);
        far.answers(request -> left.getAndDecrement() > 0 ? how.apply(request) : take(request));
    }

    @Test
    void every_slice_arrives_once_and_in_order() {
        bench.slices(7);

        bench.send();

        assertEquals(bench.ids(), List.copyOf(taken));
        assertEquals(bench.ids(), far.heard().stream().flatMap(h -> ids(h).stream()).toList());
        assertEquals("Bearer " + SinkBench.TOKEN, far.heard().getFirst().header("Authorization"));
    }

    @Test
    void a_lost_answer_is_followed_by_the_same_bytes() {
        bench.slices(3);
        badly(
                1,
                request -> {
                    take(request);
                    return new Reply.Lost();
                });

        bench.send();
        bench.pass(Duration.ofSeconds(2));
        bench.send();

        assertEquals(far.heard().get(0), far.heard().get(1));
        assertEquals(bench.ids(), List.copyOf(taken));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 415, 422})
    void what_is_refused_becomes_a_dead_letter_and_is_not_sent_again(int status) {
        bench.slices(5);
        var poison = bench.ids().get(2);
        far.answers(
                request ->
                        ids(request).contains(poison) ? refusing(status, request) : take(request));

        bench.send();
        int heard = far.heard().size();
        bench.pass(Duration.ofDays(1));
        bench.send();

        var letters = bench.letters();
        assertEquals(1, letters.size());
        assertEquals(poison, letters.getFirst().slice().id().toString());
        assertEquals(Kind.REFUSED, letters.getFirst().cause().kind());
        assertTrue(letters.getFirst().cause().reason().startsWith(status + " "));
        assertEquals(4, taken.size());
        assertEquals(heard, far.heard().size());
    }

    @Test
    void a_dead_letter_is_sent_once_more_when_a_person_says_so() {
        bench.slices(1);
        badly(1, request -> refusing(400, request));
        bench.send();
        bench.sinks.retry("test", bench.letters().getFirst().id(), SinkBench.DECISION);

        bench.send();

        assertEquals(List.of(), bench.letters());
        assertEquals(bench.ids(), List.copyOf(taken));
    }

    @Test
    void a_dead_letter_that_is_refused_once_more_waits_again() {
        bench.slices(1);
        badly(2, request -> refusing(400, request));
        bench.send();
        bench.sinks.retry("test", bench.letters().getFirst().id(), SinkBench.DECISION);

        bench.send();

        assertEquals(2, bench.letters().getFirst().attempts());
    }

    @Test
    void a_dead_letter_that_is_skipped_is_not_sent() {
        bench.slices(1);
        badly(1, request -> refusing(400, request));
        bench.send();
        bench.sinks.skip("test", bench.letters().getFirst().id(), SinkBench.DECISION);

        bench.send();

        assertEquals(List.of(), bench.letters());
        assertEquals(List.of(), List.copyOf(taken));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 301, 307, 404})
    void what_a_person_has_to_mend_stops_the_sink_and_loses_nothing(int status) {
        bench.slices(3);
        badly(1, request -> new Reply.Whole(status, "Location: /elsewhere", SinkBench.TOKEN));
        bench.send();
        var stopped = bench.state();
        int heard = far.heard().size();
        bench.pass(Duration.ofDays(1));
        bench.send();
        assertEquals(heard, far.heard().size());
        bench.sinks.resume("test", SinkBench.DECISION);

        bench.send();

        assertEquals(Condition.PAUSED, stopped.condition());
        assertFalse(String.valueOf(stopped).contains(SinkBench.TOKEN));
        assertNotNull(stopped.reason());
        assertEquals(bench.ids(), List.copyOf(taken));
        assertEquals(List.of(), bench.letters());
    }

    @Test
    void gone_for_good_disables_the_sink() {
        bench.slices(1);
        far.answers(410);

        bench.send();

        assertEquals(Condition.DISABLED, bench.state().condition());
        assertEquals(List.of(), bench.letters());
    }
}
