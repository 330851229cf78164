package io.quartermaster.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskerTest {

    private static String streamed(Masker masker, String... pieces) {
        StringBuilder shown = new StringBuilder();
        for (String piece : pieces) {
            shown.append(masker.pass(piece));
        }
        return shown.append(masker.rest()).toString();
    }

    @Test
    void a_secret_is_replaced() {
        assertEquals(
                "password=****** ok", new Masker(List.of("hunter2")).mask("password=hunter2 ok"));
    }

    @Test
    void text_without_secrets_passes_at_once() {
        assertEquals("hello", new Masker(List.of()).pass("hello"));
    }

    @Test
    void a_secret_in_two_pieces_is_replaced() {
        assertEquals("a ****** b", streamed(new Masker(List.of("hunter2")), "a hun", "ter2 b"));
    }

    @Test
    void a_secret_in_single_characters_is_replaced() {
        assertEquals(
                "******.", streamed(new Masker(List.of("hunter2")), "hunter2.".split("(?!^)")));
    }

    @Test
    void the_longer_of_two_secrets_wins_also_when_the_shorter_came_first() {
        var masker = new Masker(List.of("hunter", "hunter2-and-more"));
        assertEquals("******", streamed(masker, "hunter", "2-and-more"));
    }

    @Test
    void nothing_is_left_of_secrets_that_overlap() {
        assertEquals("******", new Masker(List.of("abcdef", "defghi")).mask("abcdefghi"));
    }

    @Test
    void each_line_of_a_secret_is_one() {
        var masker = new Masker(List.of("first line\nsecond line\n"));
        assertEquals("> ******\n> ******", masker.mask("> first line\n> second line"));
    }

    @Test
    void what_is_too_short_to_guard_anything_stays() {
        assertEquals("on and on", new Masker(List.of("on", "   ", "\n")).mask("on and on"));
    }

    @Test
    void blanks_are_no_secret() {
        assertEquals("      indented", new Masker(List.of("      ")).mask("      indented"));
    }

    @Test
    void a_rest_begins_anew() {
        var masker = new Masker(List.of("hunter2"));
        assertEquals("hun", streamed(masker, "hun"));
        assertEquals("ter2", streamed(masker, "ter2"));
    }

    /** Few letters, so that secrets and their beginnings are everywhere. */
    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    @Test
    void however_a_text_is_cut_no_secret_shows_and_the_same_is_shown() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            List<String> secrets = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                secrets.add(letters(random, 4 + random.nextInt(6)));
            }
            String text = letters(random, random.nextInt(60));
            Masker masker = new Masker(secrets);
            StringBuilder shown = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(9));
                shown.append(masker.pass(text.substring(at, end)));
                at = end;
            }
            shown.append(masker.rest());
            assertEquals(masker.mask(text), shown.toString(), "seed " + seed);
            for (String secret : secrets) {
                assertFalse(shown.toString().contains(secret), "seed " + seed);
            }
        }
    }
}
