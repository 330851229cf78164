package io.quartermaster.billing.price;

import io.quartermaster.billing.usage.Slice;
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
        UNPRICED,
        /** The difference between what a closed period is known to be now and what was booked. */
        ADJUSTMENT,
        /** A percentage off. */
        DISCOUNT,
        TAX,
        /** Paid with a credit, or owed since a credit was taken back after it had paid. */
        CREDIT,
        /** What would have to be paid back is kept as a credit for later. */
        CARRY;

        /** Whether it stands for something that was used. */
        public boolean isUsage() {
            return this == USAGE || this == UNPRICED || this == ADJUSTMENT;
        }
    }

    /**
     * What was used; nothing for what concerns an invoice as a whole.
     *
     * @param resource the stream that it comes from
     */
    public record About(
            String resource,
            String meter,
            String product,
            String group,
            Map<String, String> labels) {

        /** The invoice as a whole. */
        public static final About INVOICE = new About("", "", "", "", Map.of());

        /** What a slice is about. */
        public static About of(Slice slice) {
            var status = slice.status();
            return new About(
                    slice.resource(),
                    slice.meter(),
                    status.product(),
                    status.group(),
                    status.labels());
        }
    }

    /**
     * How it came about.
     *
     * @param events the facts behind it
     * @param steps the calculation in sentences, in order
     */
    public record Explanation(List<UUID> events, List<String> steps) {}
}
