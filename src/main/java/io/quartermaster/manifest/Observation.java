package io.quartermaster.manifest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When something was seen elsewhere: not before there were such things, and not in the future. */
public final class Observation {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private Observation() {}

    /**
     * Why a time cannot be one.
     *
     * @param code as those of violations
     * @param message what was found and what would be right
     */
    public record Unfit(String code, String message) {}

    /** What is wrong with a time, empty when nothing is. */
    public static Optional<Unfit> check(Instant at, Instant now) {
        if (!at.isBefore(now.plus(CLOCKS_DIFFER))) {
            return Optional.of(
                    new Unfit(
                            "in-the-future",
                            "found " + at + ", which is yet to come; here it is " + now));
        }
        if (at.isBefore(EARLIEST)) {
            return Optional.of(
                    new Unfit(
                            "out-of-range", "found " + at + "; the books begin with " + EARLIEST));
        }
        return Optional.empty();
    }
}
