package io.quartermaster.billing.usage;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is told of a slice to those who get usage sent on. Facts may come late, so it is a
 * difference: the first one of an interval is the whole, later ones are what has to be added.
 *
 * @param resource the stream that it comes from, {@code volume/pictures}
 * @param meter what it measures
 * @param to excluded; an emission never reaches over a full hour
 * @param revision counts the emissions of the resource from and to the same instants, from 1
 * @param quantity byte-seconds, seconds or what was counted, never zero
 * @param events the facts that began the segment, as far as it still stands
 */
public record Emission(
        String resource,
        String meter,
        About about,
        Instant from,
        Instant to,
        int revision,
        BigInteger quantity,
        List<UUID> events) {

    static final Comparator<Emission> IN_ORDER =
            Comparator.comparing(Emission::from)
                    .thenComparing(Emission::to)
                    .thenComparing(Emission::revision);

    /** By what usage can be told apart elsewhere. */
    public record About(
            String tenant, String product, String group, Phase phase, Map<String, String> labels) {

        static About of(Status status) {
            return new About(
                    status.tenant(),
                    status.product(),
                    status.group(),
                    status.phase(),
                    status.labels());
        }
    }

    /**
     * What was counted once, as it is told: it lasts a second, and nothing is added to it later.
     */
    public static Emission of(String report, Count.Record record, UUID event) {
        var labels = new TreeMap<>(record.labels());
        if (!record.resource().isEmpty()) labels.putIfAbsent("resource", record.resource());
        var about =
                new About(record.tenant(), record.product(), record.group(), Phase.RUNNING, labels);
        var from = record.at().truncatedTo(ChronoUnit.SECONDS);
        return new Emission(
                report,
                record.meter(),
                about,
                from,
                from.plusSeconds(1),
                1,
                BigInteger.valueOf(record.count()),
                List.of(event));
    }

    /** The same for whoever numbers it: no other emission has this name. */
    public String name() {
        return String.join(
                "|", resource, meter, from.toString(), to.toString(), Integer.toString(revision));
    }
}
