package io.quartermaster.view.ledger;

import io.quartermaster.billing.usage.Count;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Facts;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Segment;
import io.quartermaster.billing.usage.Slice;
import io.quartermaster.billing.usage.Timeline;
import io.quartermaster.es.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** All facts and counts, folded anew from the first one on whenever somebody asks. */
final class MemoryUsage {
    final Map<String, List<Fact>> facts = new TreeMap<>();
    final Map<UUID, Count.Record> counts = new LinkedHashMap<>();
    private final Map<String, List<Segment>> lives = new HashMap<>();

    void apply(Envelope<?> envelope) {
        if (envelope.event() instanceof Count.Event.Counted(Count.Record record)) {
            counts.put(envelope.eventId(), record);
        } else {
            Facts.of(envelope).ifPresent(fact -> add(envelope.stream().toString(), fact));
        }
    }

    private void add(String resource, Fact fact) {
        facts.computeIfAbsent(resource, r -> new ArrayList<>()).add(fact);
        lives.remove(resource);
    }

    List<Segment> life(String resource) {
        return lives.computeIfAbsent(resource, r -> Timeline.of(facts.getOrDefault(r, List.of())));
    }

    /** What a tenant used, with a slice for each report of a count. */
    List<Slice> slices(String tenant, Instant from, Instant to) {
        var counted =
                counts.values().stream()
                        .filter(each -> each.tenant().equals(tenant))
                        .filter(each -> !each.at().isBefore(from) && each.at().isBefore(to))
                        .map(each -> Meter.counted(atQuarter(each)));
        return Stream.concat(used(tenant, from, to), counted).toList();
    }

    private static Count.Record atQuarter(Count.Record record) {
        long quarter = Duration.ofMinutes(15).toSeconds();
        long second = Math.floorDiv(record.at().getEpochSecond(), quarter) * quarter;
        return new Count.Record(
                record.tenant(),
                record.meter(),
                record.product(),
                record.resource(),
                record.group(),
                Instant.ofEpochSecond(second),
                record.count(),
                record.labels());
    }

    private Stream<Slice> used(String tenant, Instant from, Instant to) {
        return facts.keySet().stream()
                .flatMap(r -> Meter.slices(r, life(r), tenant, from, to).stream());
    }

    /** When a tenant first used something. */
    Optional<Instant> earliest(String tenant) {
        var counted =
                counts.values().stream()
                        .filter(each -> each.tenant().equals(tenant))
                        .map(Count.Record::at);
        return Stream.concat(used(tenant, Instant.EPOCH, Instant.MAX).map(Slice::from), counted)
                .min(Comparator.naturalOrder());
    }
}
