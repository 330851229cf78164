package io.quartermaster.rest;

import io.quartermaster.rest.request.Bodies;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When something was seen elsewhere: not before there were such things, and not in the future. */
final class ObservedTime {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private ObservedTime() {}

    static void check(String pointer, Instant at, InstantSource clock) {
        var now = clock.instant();
        if (!at.isBefore(now.plus(CLOCKS_DIFFER))) {
            var message = "found " + at + ", which is yet to come; here it is " + now;
            throw Bodies.invalid(pointer, "in-the-future", message);
        }
        if (at.isBefore(EARLIEST)) {
            var message = "found " + at + "; the books begin with " + EARLIEST;
            throw Bodies.invalid(pointer, "out-of-range", message);
        }
    }

    /** The time that a text of a small body says. */
    static Instant read(String pointer, @Nullable String text, InstantSource clock) {
        try {
            var at = Instant.parse(Objects.requireNonNullElse(text, ""));
            check(pointer, at, clock);
            return at;
        } catch (DateTimeException e) {
            throw Bodies.invalid(
                    pointer,
                    text == null ? "missing-field" : "bad-format",
                    "it takes a time as in 2026-11-01T00:00:00Z");
        }
    }
}
