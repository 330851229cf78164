package io.quartermaster.view.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import io.quartermaster.app.Domain;
import io.quartermaster.view.Database;
import io.quartermaster.view.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunLogTest {
    private static final Instant AT = Instant.parse("2026-11-01T08:00:00Z");
    private static final int MEBI = 1 << 20;

    private final Database database =
            new Database(TestPostgres.freshDatabase(), new Json(Domain.codec()));
    private final RunLog log = new RunLog(database);

    @Test
    void output_is_read_from_where_one_left_off_and_for_one_step() {
        log.begin("m", 1, 0, 1);
        log.append("m", 1, 0, AT, "one ");
        log.append("m", 1, 0, AT, "two ");
        log.begin("m", 1, 1, 1);
        log.append("m", 1, 1, AT, "three");
        log.append("m", 2, 0, AT, "another run");
        assertEquals("one two three", text("m", 1, 0));
        var first = log.read("m", 1, 0, 1);
        assertEquals("two three", text("m", 1, first.getLast().seq()));
        assertEquals("three", joined(log.read("m", 1, 1, 0, 10)));
    }

    @Test
    void a_runner_that_comes_back_to_an_attempt_repeats_nothing() {
        log.begin("m", 1, 0, 1);
        log.append("m", 1, 0, AT, "hello ");
        log.append("m", 1, 0, AT, "wor");
        var other = new RunLog(database);
        other.begin("m", 1, 0, 1);
        other.append("m", 1, 0, AT, "hel");
        other.append("m", 1, 0, AT, "lo world");
        // The first one was only asleep.
        log.append("m", 1, 0, AT, "ld");
        other.append("m", 1, 0, AT, "!");
        assertEquals("hello world!", text("m", 1, 0));
    }

    @Test
    void another_attempt_is_kept_besides_the_one_before() {
        log.begin("m", 1, 0, 1);
        log.append("m", 1, 0, AT, "no\n");
        log.begin("m", 1, 0, 2);
        log.append("m", 1, 0, AT, "no\nyes\n");
        assertEquals("no\nno\nyes\n", text("m", 1, 0));
        assertEquals(
                List.of(1, 2), log.read("m", 1, 0, 9).stream().map(RunLog.Chunk::attempt).toList());
    }

    @Test
    void output_goes_on_where_nobody_said_that_it_begins() {
        log.begin("m", 1, 0, 2);
        log.append("m", 1, 0, AT, "a");
        new RunLog(database).append("m", 1, 0, AT, "b");
        assertEquals("ab", text("m", 1, 0));
    }

    @Test
    void a_step_that_prints_too_much_is_cut_with_a_note() {
        var chunk = "\u00e4".repeat(MEBI / 2 - 10);
        log.begin("m", 1, 0, 1);
        for (int i = 0; i < 4; i++) log.append("m", 1, 0, AT, chunk);
        log.begin("m", 1, 1, 1);
        log.append("m", 1, 1, AT, "next");
        var text = text("m", 1, 0);
        assertEquals("\n[this step printed more than is kept]\nnext", text.substring(MEBI));
        assertEquals(MEBI, text.chars().filter(character -> character == '\u00e4').count());
    }

    @Test
    void a_step_that_fills_its_room_exactly_gets_its_note_with_the_next_output() {
        log.begin("m", 1, 0, 1);
        log.append("m", 1, 0, AT, "x".repeat(MEBI));
        assertEquals(MEBI, text("m", 1, 0).length());
        log.append("m", 1, 0, AT, "y");
        log.append("m", 1, 0, AT, "z");
        assertEquals("\n[this step printed more than is kept]\n", text("m", 1, 0).substring(MEBI));
    }

    @Test
    void any_bytes_that_became_text_can_be_kept() {
        log.begin("m", 1, 0, 1);
        log.append("m", 1, 0, AT, "nul \0 smile \ud83d\ude00 ");
        log.append("m", 1, 0, AT, "end");
        assertEquals("nul \ufffd smile \ud83d\ude00 end", text("m", 1, 0));
    }

    @Test
    void a_follower_is_woken_by_output_and_gives_up_in_time() throws Exception {
        log.begin("m", 1, 0, 1);
        assertFalse(log.await("m", 1, 0, Duration.ZERO));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> here =
                    threads.submit(() -> log.await("m", 1, 0, Duration.ofMinutes(1)));
            var elsewhere = new RunLog(database);
            Future<Boolean> there =
                    threads.submit(() -> elsewhere.await("m", 1, 0, Duration.ofMinutes(1)));
            log.append("m", 1, 0, AT, "hello");
            assertTrue(here.get());
            assertTrue(there.get());
        }
        assertTrue(log.await("m", 1, 0, Duration.ZERO));
    }

    @Test
    void old_output_is_forgotten_run_by_run() {
        log.append("old", 1, 0, AT, "a");
        log.append("old", 2, 0, AT, "b");
        log.append("new", 1, 0, AT.plusSeconds(60), "c");
        assertEquals(1, log.forget(AT.plusSeconds(30), 1));
        assertEquals(1, log.forget(AT.plusSeconds(30), 10));
        assertEquals(0, log.forget(AT.plusSeconds(30), 10));
        assertEquals("", text("old", 1, 0) + text("old", 2, 0));
        assertEquals("c", text("new", 1, 0));
    }

    private String text(String machine, int run, long after) {
        return joined(log.read(machine, run, after, 100));
    }

    private static String joined(List<RunLog.Chunk> chunks) {
        return chunks.stream().map(RunLog.Chunk::text).collect(Collectors.joining());
    }
}
