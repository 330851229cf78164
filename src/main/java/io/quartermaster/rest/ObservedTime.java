package io.quartermaster.rest;

import io.quartermaster.manifest.Observation;
import io.quartermaster.rest.request.Bodies;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When something was seen elsewhere, as requests say it. */
final class ObservedTime {
    private ObservedTime() {}

    static void check(String pointer, Instant at, InstantSource clock) {
        Observation.check(at, clock.instant())
                .ifPresent(
                        unfit -> {
                            throw Bodies.invalid(pointer, unfit.code(), unfit.message());
                        });
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
