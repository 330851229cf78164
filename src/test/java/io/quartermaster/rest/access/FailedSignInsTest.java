package io.quartermaster.rest.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private final FailedSignIns failures = new FailedSignIns(2);

    @Test
    void an_address_may_fail_so_often_in_a_minute_and_no_more() {
        assertFalse(failures.tooMany("a", NOON));
        assertFalse(failures.tooMany("a", NOON));
        assertTrue(failures.tooMany("a", NOON));
    }

    @Test
    void addresses_are_counted_apart() {
        for (int i = 0; i < 3; i++) failures.tooMany("a", NOON);
        assertFalse(failures.tooMany("b", NOON));
    }

    @Test
    void a_minute_after_its_first_failure_an_address_starts_anew() {
        for (int i = 0; i < 3; i++) failures.tooMany("a", NOON);
        assertTrue(failures.tooMany("a", NOON.plusSeconds(59)));
        assertFalse(failures.tooMany("a", NOON.plusSeconds(60)));
    }

    @Test
    void a_flood_from_ever_new_addresses_is_held_back_without_filling_the_memory() {
        for (int i = 0; i < 10_000; i++) assertFalse(failures.tooMany("a" + i, NOON));
        assertTrue(failures.tooMany("one more", NOON));
        assertFalse(failures.tooMany("one more", NOON.plusSeconds(60)));
    }
}
