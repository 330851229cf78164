package io.quartermaster.billing.usage;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was used of a resource in a half-open interval.
 *
 * @param resource the stream that it comes from, {@code volume/pictures}
 * @param meter {@link Meter#MACHINE}, {@link Meter#STORAGE} or the name of a count
 * @param count how much was counted, 0 where time is metered
 * @param events the facts that began it
 */
public record Slice(
        String resource,
        String meter,
        Status status,
        Instant from,
        Instant to,
        long count,
        List<UUID> events) {

    /** Its length in whole seconds. */
    public long seconds() {
        return Duration.between(from, to).toSeconds();
    }

    /** The part of it between two instants within it. */
    public Slice part(Instant begin, Instant end) {
        return new Slice(resource, meter, status, begin, end, count, events);
    }

    /** The same with more counted. */
    Slice plus(long more) {
        return new Slice(resource, meter, status, from, to, Math.addExact(count, more), events);
    }

    /** Byte-seconds of storage, seconds of machine time, or what was counted. */
    public BigInteger quantity() {
        return Meter.isCount(meter)
                ? BigInteger.valueOf(count)
                : BigInteger.valueOf(status.size()).multiply(BigInteger.valueOf(seconds()));
    }
}
