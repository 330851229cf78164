package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.delivery.Deliveries;
import io.quartermaster.billing.delivery.SinkState.Condition;
import io.quartermaster.billing.usage.Emission;
import io.quartermaster.sink.FarSide.Heard;
import io.quartermaster.sink.FarSide.Reply;
import io.quartermaster.view.delivery.SliceRows;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sink that is spoken to over HTTP must pass. */
abstract class SinkKit extends RefusalKit {

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void a_pause_that_is_asked_for_in_seconds_is_kept(int status) {
        bench.slices(1);
        badly(1, request -> new Reply.Whole(status, "Retry-After: 3600", ""));

        bench.send();

        assertEquals(bench.now().plusSeconds(3600), bench.state().nextAttemptAt());
        bench.pass(Duration.ofSeconds(3599));
        bench.send();
        assertEquals(1, far.heard().size());
        bench.pass(Duration.ofSeconds(1));
        bench.send();
        assertEquals(bench.ids(), List.copyOf(taken));
    }

    @Test
    void a_pause_that_is_asked_for_by_a_date_is_kept() {
        bench.slices(1);
        var until = bench.now().plusSeconds(7200);
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
        badly(1, request -> new Reply.Whole(429, "Retry-After: " + date, ""));

        bench.send();

        assertEquals(until, bench.state().nextAttemptAt());
    }

    private void staysAway(Function<Heard, Reply> how) {
        bench.slices(4);
        badly(3, how);
        var pauses = new ArrayList<Duration>();
        for (int i = 0; i < 3; i++) {
            bench.send();
            var next = bench.state().nextAttemptAt();
            assertNotNull(next);
            pauses.add(Duration.between(bench.now(), next));
            bench.pass(pauses.getLast());
        }

        bench.send();

        for (int i = 0; i < 3; i++) {
            long full = 1_000L << i;
            long pause = pauses.get(i).toMillis();
            assertTrue(full / 2 <= pause && pause <= full, pauses.toString());
        }
        assertNull(bench.state().nextAttemptAt());
        assertEquals(0, bench.state().failures());
        assertEquals(bench.ids(), List.copyOf(taken));
    }

    @Test
    void errors_of_the_other_side_are_followed_by_growing_pauses_with_jitter() {
        staysAway(request -> new Reply.Whole(500, "", "{\"oh\":\"no\"}"));
    }

    @Test
    void bodies_that_end_too_early_are_followed_by_growing_pauses() {
        staysAway(request -> new Reply.Half(200));
    }

    @Test
    void silence_is_followed_by_growing_pauses() {
        staysAway(request -> new Reply.Never());
    }

    @Test
    void a_refused_connection_is_followed_by_a_pause() {
        bench = new SinkBench(sink(new Sink.Door(FarSide.nobody(), "token")));
        bench.slices(2);

        bench.send();

        assertEquals(1, bench.state().failures());
        assertEquals(0, bench.state().cursor());
        assertNotNull(bench.state().nextAttemptAt());
    }

    @Test
    void a_crash_between_sending_and_noting_it_sends_the_same_again() {
        bench.slices(2);
        far.answers(
                request -> {
                    bench.deliveries.take("test", 3, false);
                    return take(request);
                });
        crash();
        far.answers(this::take);
        bench.restart();

        bench.send();

        assertEquals(far.heard().get(0), far.heard().get(1));
        assertEquals(bench.ids(), List.copyOf(taken));
    }

    /** What it has sent cannot be noted, since another has taken over meanwhile. */
    private void crash() {
        assertThrows(Deliveries.Superseded.class, bench::send);
    }

    @Test
    void too_many_refusals_in_a_row_stop_the_sink() {
        bench.slices(30);
        far.answers(request -> refusing(400, request));

        bench.send();

        assertEquals(Condition.PAUSED, bench.state().condition());
        assertEquals(SinkDelivery.MOST_REFUSED, bench.letters().size());
    }

    /** Anything may happen to any request; what is known at the end is what there was. */
    @Test
    void the_ids_that_were_acknowledged_are_those_of_the_slices_whatever_happens() {
        for (long seed = 1; seed <= 3; seed++) {
            var random = new Random(seed);
            bench.slices(range((int) seed * 100, 25));
            far.answers(request -> anything(random, request));
            bench.sendAll();
            assertEquals(bench.ids(), List.copyOf(taken), "seed " + seed);
        }
        assertEquals(List.of(), bench.letters());
    }

    private static List<Emission> range(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(SliceRows::hour).toList();
    }

    private Reply anything(Random random, Heard request) {
        return switch (random.nextInt(8)) {
            case 0 -> new Reply.Whole(503, "", "");
            case 1 -> new Reply.Whole(429, "Retry-After: 2", "");
            case 2 -> new Reply.Half(500);
            case 3 -> {
                take(request);
                yield new Reply.Lost();
            }
            case 4 -> {
                take(request);
                yield new Reply.Half(200);
            }
            default -> take(request);
        };
    }
}
