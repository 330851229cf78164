package io.quartermaster.billing.price;

import io.quartermaster.billing.usage.Meter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;

/**
 * What a price is for: so much of a resource for so long, {@code GiB-month}, {@code hour}, {@code
 * count}.
 *
 * @param size what one of it has of the metered size: bytes, 1 for machines and counts
 * @param per how long, {@link Per#NONE} for counts
 */
public record Unit(BigInteger size, Per per, String text) {

    private static final Map<String, BigInteger> SIZES =
            Map.of(
                    "b", BigInteger.ONE,
                    "mb", BigInteger.TEN.pow(6),
                    "gb", BigInteger.TEN.pow(9),
                    "tb", BigInteger.TEN.pow(12),
                    "mib", BigInteger.TWO.pow(20),
                    "gib", BigInteger.TWO.pow(30),
                    "tib", BigInteger.TWO.pow(40));

    /** How long a unit lasts. */
    public enum Per {
        SECOND(1),
        MINUTE(60),
        HOUR(3_600),
        DAY(86_400),
        /** As long as the price's month basis says. */
        MONTH(0),
        /** Counts do not last. */
        NONE(0);

        private final long seconds;

        Per(long seconds) {
            this.seconds = seconds;
        }
    }

    /**
     * Reads a unit.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static Unit parse(String text) {
        var parts = text.toLowerCase(Locale.ROOT).split("-", -1);
        if (parts.length == 1 && parts[0].equals("count")) {
            return new Unit(BigInteger.ONE, Per.NONE, text);
        }
        var size = parts.length == 2 ? SIZES.get(parts[0]) : BigInteger.ONE;
        if (size == null || parts.length > 2) throw unreadable(text);
        try {
            var per = Per.valueOf(parts[parts.length - 1].toUpperCase(Locale.ROOT));
            if (per == Per.NONE) throw unreadable(text);
            return new Unit(size, per, text);
        } catch (IllegalArgumentException e) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'"
                        + text
                        + "' is no unit; use count, or second, minute, hour, day or month, with MB, GB,"
                        + " TB, MiB, GiB or TiB and a hyphen before it for storage: GiB-month");
    }

    /** Whether it measures what a meter does: time of a size, time, or a count. */
    public boolean fits(String meter) {
        if (Meter.isCount(meter)) return per == Per.NONE;
        return per != Per.NONE && (size.bitLength() > 1) == meter.equals(Meter.STORAGE);
    }

    /** How much of the metered quantity makes one unit. */
    BigDecimal quantity(long monthSeconds) {
        var seconds =
                switch (per) {
                    case NONE -> 1L;
                    case MONTH -> monthSeconds;
                    default -> per.seconds;
                };
        return new BigDecimal(size.multiply(BigInteger.valueOf(seconds)));
    }
}
