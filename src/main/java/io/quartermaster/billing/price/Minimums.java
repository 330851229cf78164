package io.quartermaster.billing.price;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;

/**
 * The shortest times that are charged for machines of a class. A machine goes by the one that was
 * valid when its stretch began, so what is said later changes nothing that was agreed.
 *
 * @param seconds by class and by the instant from which on they are valid
 */
public record Minimums(Map<String, NavigableMap<Instant, Long>> seconds) {

    /** No class has one. */
    public static final Minimums NONE = new Minimums(Map.of());

    /** The least that is charged for a stretch that began at an instant, in seconds. */
    long of(String product, Instant since) {
        var valid = seconds.get(product);
        var entry = valid == null ? null : valid.floorEntry(since);
        return entry == null ? 0 : entry.getValue();
    }
}
