package io.quartermaster.view.history;

import io.quartermaster.es.Envelope;
import io.quartermaster.view.InvalidQuery;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A point in the past of one thing. */
public sealed interface Moment {

    /** After that many events. */
    record Version(long number) implements Moment {}

    /** As it was known at that time, events of the very instant included. */
    record Time(Instant at) implements Moment {}

    /** Whether the event had happened by then. */
    default boolean includes(Envelope<?> event) {
        return switch (this) {
            case Version(long number) -> event.version() <= number;
            case Time(Instant at) -> !event.recordedAt().isAfter(at);
        };
    }

    /**
     * Reads a version, {@code 7}, or a time, {@code 2026-11-01T00:00:00Z}.
     *
     * @throws InvalidQuery {@code moment-invalid}
     */
    static Moment parse(String parameter, String text) {
        try {
            return text.matches("[0-9]{1,18}")
                    ? new Version(Long.parseLong(text))
                    : new Time(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new InvalidQuery(
                    "moment-invalid",
                    parameter,
                    "'"
                            + shortened(text)
                            + "' is neither a version, like 7, nor a time, like"
                            + " 2026-11-01T00:00:00Z");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
