package io.quartermaster.billing.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.UUID;

/**
 * Something that became true of a resource, and stays true until another fact says otherwise. Facts
 * are absolute, so they may come late, twice and in any order.
 *
 * @param at whole seconds: usage is counted in seconds, and a second belongs to one state
 * @param version of the resource's stream: the later one of two facts of the same second counts
 */
public record Fact(UUID eventId, Instant at, long version, Change change) {

    /** The order in which facts count. */
    public static final Comparator<Fact> IN_ORDER =
            Comparator.comparing(Fact::at).thenComparing(Fact::version);

    /** Cuts the instant to the second. */
    public Fact {
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }
}
