package io.quartermaster.rest;

import io.quartermaster.rest.request.Bodies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;

/** When something was seen elsewhere: not before there were such things, and not in the future. */
final class ObservedTime {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Instant EARLIEST = ZonedDateTime.parse("2000-01-01T00:00:00Z").toInstant();

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
}
