package io.quartermaster.billing.price;

import io.quartermaster.billing.usage.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a meter costs from an instant on.
 *
 * @param product only this machine class or storage tier; absent for all without a price of their
 *     own
 * @param currency ISO 4217
 * @param included units a month that a tenant need not pay for
 * @param granularity what is begun is paid for
 * @param minimumSeconds the least that is paid for each uninterrupted stretch
 * @param cap the most that one resource costs in a month
 * @param minimum the least that one resource costs in a month in which it was used
 */
public record Price(
        String meter,
        @Nullable String product,
        String currency,
        Instant from,
        Unit unit,
        Scheme scheme,
        BigDecimal included,
        BilledWhile billed,
        Granularity granularity,
        long minimumSeconds,
        @Nullable BigDecimal cap,
        @Nullable BigDecimal minimum,
        MonthBasis month) {

    /** In which phases a resource is paid for. */
    public enum BilledWhile {
        /** While it runs. */
        RUNNING,
        /** While it runs or is stopped. */
        PRESENT,
        /** From its allocation until it is gone, also when it never became ready. */
        ALLOCATED;

        /** When the stretch began that is paid for, absent when nothing is. */
        public @Nullable Instant since(Status status) {
            return switch (this) {
                case RUNNING -> status.since().running();
                case PRESENT -> status.since().present();
                case ALLOCATED -> status.since().allocated();
            };
        }
    }

    /** The shortest time that is paid for. */
    public enum Granularity {
        SECOND(1),
        MINUTE(60),
        HOUR(3_600);

        private final long seconds;

        Granularity(long seconds) {
            this.seconds = seconds;
        }

        long seconds() {
            return seconds;
        }
    }

    /** How long a month is. */
    public enum MonthBasis {
        /** As long as the tenant's calendar says. */
        CALENDAR,
        /** Always 730 hours. */
        HOURS_730
    }

    /**
     * Seconds that are paid for, of a stretch of that many.
     *
     * @param minimum another one besides the price's own: the longer one counts
     */
    long billable(long seconds, long minimum) {
        if (seconds == 0) return 0;
        long least = Math.max(seconds, Math.max(minimum, minimumSeconds));
        return Math.ceilDiv(least, granularity.seconds()) * granularity.seconds();
    }

    /** Whether both are for the same things, at other times. */
    boolean succeeds(Price other) {
        return meter.equals(other.meter) && Objects.equals(product, other.product);
    }
}
