package io.quartermaster.view.history;

import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.subscription.Checkpoint;
import io.quartermaster.engine.subscription.DeadLetter;
import io.quartermaster.engine.subscription.Parked;
import io.quartermaster.engine.subscription.Stopped;
import io.quartermaster.engine.subscription.SubscriptionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Questions about the readers of the log. */
public final class Subscriptions {
    private final EventLog log;
    private final SubscriptionStore store;
    private final InstantSource clock;

    public Subscriptions(EventLog log, SubscriptionStore store, InstantSource clock) {
        this.log = log;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Where a reader stands.
     *
     * @param name with its version
     * @param position everything up to here is dealt with, by the slowest of those who share it
     * @param behind events of the log after that, wanted or not
     * @param late age of the first of them, zero when there is none
     * @param parked streams that wait behind an event that failed
     * @param deadLetters events that wait for a person's decision
     * @param stopped why it does not go on, absent while it does
     */
    public record Standing(
            String name,
            long position,
            long behind,
            Duration late,
            int parked,
            int deadLetters,
            @Nullable String stopped) {}

    /** All readers, by name. */
    public List<Standing> all() {
        long head = log.head();
        var positions =
                store.checkpoints().stream()
                        .collect(
                                Collectors.toMap(
                                        Checkpoint::subscriber,
                                        Checkpoint::position,
                                        Math::min,
                                        TreeMap::new));
        var parked = counts(store.parked().stream().map(Parked::subscriber).toList());
        var dead = counts(store.deadLetters().stream().map(DeadLetter::subscriber).toList());
        var stopped =
                store.stopped().stream()
                        .collect(
                                Collectors.toMap(
                                        Stopped::subscriber, Stopped::reason, (one, more) -> one));
        return positions.entrySet().stream()
                .map(
                        each ->
                                new Standing(
                                        each.getKey(),
                                        each.getValue(),
                                        Math.max(0, head - each.getValue()),
                                        head > each.getValue()
                                                ? late(each.getValue())
                                                : Duration.ZERO,
                                        parked.getOrDefault(each.getKey(), 0L).intValue(),
                                        dead.getOrDefault(each.getKey(), 0L).intValue(),
                                        stopped.get(each.getKey())))
                .toList();
    }

    private static Map<String, Long> counts(List<String> names) {
        return names.stream().collect(Collectors.groupingBy(n -> n, Collectors.counting()));
    }

    private Duration late(long position) {
        return log.read(position, 1).stream()
                .map(next -> Duration.between(next.recordedAt(), clock.instant()))
                .max(Comparator.naturalOrder())
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
