package io.quartermaster.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** Fields that hold times and days, as RFC 3339 writes them. */
final class Times {
    private static final Shape INSTANT =
            Shape.pattern(
                    Limits.INSTANT_PATTERN,
                    Limits.INSTANT,
                    "a time in UTC, \"2026-11-01T00:00:00Z\"");

    private static final Shape DAY = Shape.pattern(Limits.DAY_PATTERN, 10, "a day, \"2026-11-01\"");

    private Times() {}

    /** The instant, empty when there is none that fits. */
    static Optional<Instant> instant(Value value) {
        return read(value, INSTANT, Instant::parse);
    }

    /** The day, empty when there is none that fits. */
    static Optional<LocalDate> day(Value value) {
        return read(value, DAY, LocalDate::parse);
    }

    /** What looks like a time may yet be none: a month has no 31st, or a year no 13th month. */
    private static <T> Optional<T> read(Value value, Shape shape, Function<String, T> parse) {
        String text = value.text(shape);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(parse.apply(text));
        } catch (DateTimeException e) {
            value.reportUnfit(Code.BAD_FORMAT, shape.expected());
            return Optional.empty();
        }
    }
}
