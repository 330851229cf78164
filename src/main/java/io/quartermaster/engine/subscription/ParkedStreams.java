package io.quartermaster.engine.subscription;

import io.quartermaster.engine.ErrorText;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What one subscriber has parked: a copy of its rows, which a person may change meanwhile. */
final class ParkedStreams {
    private static final Duration REFRESH = Duration.ofSeconds(2);
    private final SubscriptionStore store;
    private final SubscriberSettings settings;
    private final Map<StreamId, Parked> streams = new LinkedHashMap<>();
    private Instant refreshed;

    ParkedStreams(SubscriptionStore store, SubscriberSettings settings, Checkpoint checkpoint) {
        this.store = store;
        this.settings = settings;
        refreshed = settings.clock().instant();
        load(checkpoint);
    }

    private void load(Checkpoint checkpoint) {
        streams.clear();
        for (var each : store.parked(checkpoint)) streams.put(each.stream(), each);
    }

    int count() {
        return streams.size();
    }

    boolean contains(StreamId stream) {
        return streams.containsKey(stream);
    }

    /** Those to try again now. While there is none at all, this asks nobody. */
    List<Parked> due(Checkpoint checkpoint) {
        if (streams.isEmpty()) return List.of();
        var now = settings.clock().instant();
        if (!now.isBefore(refreshed.plus(REFRESH))) {
            load(checkpoint);
            refreshed = now;
        }
        return streams.values().stream().filter(each -> each.isDue(now)).toList();
    }

    /** How long there is nothing to do for sure. */
    Optional<Duration> rest() {
        if (streams.isEmpty()) return Optional.empty();
        var now = settings.clock().instant();
        var rest =
                streams.values().stream()
                        .map(Parked::retryAt)
                        .filter(Objects::nonNull)
                        .map(at -> Duration.between(now, at))
                        .min(Duration::compareTo)
                        .filter(next -> next.compareTo(REFRESH) < 0)
                        .orElse(REFRESH);
        return Optional.of(rest.isNegative() ? Duration.ZERO : rest);
    }

    /** The row for an event that has failed now. */
    Parked failed(String subscriber, Envelope<?> event, Exception why) {
        var known = streams.get(event.stream());
        int attempts =
                known != null && known.version() == event.version() ? known.attempts() + 1 : 1;
        boolean dead = attempts >= settings.backoff().attempts();
        var pause = settings.backoff().after(attempts, settings.random());
        return new Parked(
                subscriber,
                event.stream(),
                event.version(),
                event.position(),
                attempts,
                ErrorText.of(why),
                dead ? null : settings.clock().instant().plus(pause));
    }

    /** The row of a parked stream after one of its events went through. */
    Parked passed(Parked parked, Envelope<?> event) {
        return new Parked(
                parked.subscriber(),
                parked.stream(),
                event.version() + 1,
                event.position(),
                0,
                parked.error(),
                settings.clock().instant());
    }

    void put(Parked parked) {
        streams.put(parked.stream(), parked);
    }

    void remove(Parked parked) {
        streams.remove(parked.stream());
    }
}
