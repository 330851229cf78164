package io.quartermaster.engine;

import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Aggregates as they are, and as they were: their events folded by the rules of their kind. */
public final class Aggregates {
    private static final int PAGE = 500;
    private final Rules rules;
    private final EventLog log;
    private final Snapshots snapshots;
    private final int snapshotEvery;

    /** Folds every aggregate from its first event. */
    public Aggregates(Rules rules, EventLog log) {
        this(rules, log, Snapshots.none(), Integer.MAX_VALUE);
    }

    /**
     * Folds aggregates from their newest snapshots.
     *
     * @param snapshotEvery how many events are folded before the result is kept
     */
    public Aggregates(Rules rules, EventLog log, Snapshots snapshots, int snapshotEvery) {
        this.rules = rules;
        this.log = log;
        this.snapshots = snapshots;
        this.snapshotEvery = snapshotEvery;
    }

    /** The aggregate now; of version 0 and in its initial state when it has no events. */
    public <S> Loaded<S> load(StreamId stream, Class<S> stateType) {
        return cast(load(stream), stateType);
    }

    /** The aggregate after that many events, or after its last one when it has fewer. */
    public <S> Loaded<S> loadAt(StreamId stream, long version, Class<S> stateType) {
        var start = snapshot(stream).filter(kept -> kept.version() <= version);
        return cast(
                fold(start.orElseGet(() -> nothing(stream)), event -> event.version() <= version),
                stateType);
    }

    /** The aggregate as the log knew it at that time. */
    public <S> Loaded<S> loadAt(StreamId stream, Instant at, Class<S> stateType) {
        return cast(fold(nothing(stream), event -> !event.recordedAt().isAfter(at)), stateType);
    }

    /**
     * At most {@code limit} events of the aggregate, in order.
     *
     * @param fromVersion the first wanted version, 1 for all
     */
    public List<Envelope<?>> history(StreamId stream, long fromVersion, int limit) {
        return log.readStream(stream, fromVersion, limit);
    }

    Loaded<Object> load(StreamId stream) {
        var start = snapshot(stream).orElseGet(() -> nothing(stream));
        var loaded = refresh(start);
        if (loaded.version() - start.version() >= snapshotEvery) {
            snapshots.keep(loaded, rules.stateType(stream), rules.stateShape(stream));
        }
        return loaded;
    }

    private Optional<Loaded<Object>> snapshot(StreamId stream) {
        return snapshots.find(stream, rules.stateType(stream), rules.stateShape(stream));
    }

    /** The same aggregate with what happened since. */
    Loaded<Object> refresh(Loaded<Object> known) {
        return fold(known, event -> true);
    }

    private Loaded<Object> nothing(StreamId stream) {
        return new Loaded<>(stream, 0, null, rules.initial(stream));
    }

    private Loaded<Object> fold(Loaded<Object> start, Predicate<Envelope<?>> wanted) {
        var known = start;
        while (true) {
            var page = log.readStream(known.stream(), known.version() + 1, PAGE);
            var taken = page.stream().takeWhile(wanted).toList();
            if (!taken.isEmpty()) known = after(known, taken);
            if (taken.size() < PAGE) return known;
        }
    }

    private Loaded<Object> after(Loaded<Object> known, List<Envelope<?>> events) {
        var last = events.getLast();
        var state = rules.evolve(known.stream(), known.state(), events);
        return new Loaded<>(known.stream(), last.version(), last.tenant(), state);
    }

    private static <S> Loaded<S> cast(Loaded<Object> loaded, Class<S> type) {
        return new Loaded<>(
                loaded.stream(), loaded.version(), loaded.tenant(), type.cast(loaded.state()));
    }
}
