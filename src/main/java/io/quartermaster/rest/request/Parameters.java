package io.quartermaster.rest.request;

import io.quartermaster.rest.problem.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Values of query parameters. They arrive as text, so that what is wrong with one can be said. */
public final class Parameters {

    private Parameters() {}

    /** {@code true} or {@code false}; absent is false. */
    public static boolean flag(String name, @Nullable String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            case null -> false;
            default -> throw Refused.parameter(name, value, "it takes true or false");
        };
    }

    /** A whole number in a range, absent for the given one. */
    public static long number(
            String name, @Nullable String value, long absent, long least, long most) {
        if (value == null) return absent;
        try {
            var number = Long.parseLong(value);
            if (least <= number && number <= most) return number;
        } catch (NumberFormatException e) {
            // Told below, with the range.
        }
        throw Refused.parameter(
                name, value, "it takes a whole number from %d to %d".formatted(least, most));
    }

    /** A time with its offset (RFC 3339), absent for null. */
    public static @Nullable Instant instant(String name, @Nullable String value) {
        if (value == null) return null;
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw Refused.parameter(name, value, "it takes a time as in 2026-11-01T00:00:00Z");
        }
    }
}
