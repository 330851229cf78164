package io.quartermaster.billing.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rated slice.
 *
 * @param units in units of the price, or of the meter where there is none
 * @param exact before rounding; absent when there is no price
 * @param amount rounded; absent when there is no price, since 0.00 would be a claim
 * @param currency ISO 4217; absent when there is no price
 * @param book and {@code version} of the price; absent without one
 */
public record Line(
        Kind kind,
        About about,
        Instant from,
        Instant to,
        BigDecimal units,
        String unit,
        @Nullable BigDecimal exact,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable String book,
        int version,
        Explanation explanation) {

    /** What a line is for. */
    public enum Kind {
        USAGE,
        /** Usage without a price: to be priced by a person. */
        UNPRICED
    }

    /**
     * What was used.
     *
     * @param resource the stream that it comes from
     */
    public record About(
            String resource,
            String meter,
            String product,
            String group,
            Map<String, String> labels) {}

    /**
     * How it came about.
     *
     * @param events the facts behind it
     * @param steps the calculation in sentences, in order
     */
    public record Explanation(List<UUID> events, List<String> steps) {}
}
