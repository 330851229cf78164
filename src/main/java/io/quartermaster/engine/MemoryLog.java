package io.quartermaster.engine;

import io.quartermaster.engine.Decided.Change;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The log in memory, for tests and simulations: the same guarantees but the one of surviving. */
public final class MemoryLog implements EventLog {
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<Envelope<?>> events = new ArrayList<>();
    private final Map<StreamId, List<Envelope<?>>> streams = new HashMap<>();
    private final Map<UUID, List<Receipt>> answers = new HashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param clock gives the recorded times
     */
    public MemoryLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public List<Outcome> append(List<Decided> commands) {
        lock.lock();
        try {
            return commands.stream().map(this::appendOne).toList();
        } finally {
            grown.signalAll();
            lock.unlock();
            listeners.forEach(Runnable::run);
        }
    }

    private Outcome appendOne(Decided command) {
        var answer = answerTo(command.metadata().commandId());
        if (answer.isPresent()) return new Outcome.Appended(answer.get());
        var lost = firstLost(command);
        if (lost.isPresent()) return new Outcome.Lost(lost.get());
        var receipts = new ArrayList<Receipt>();
        var recordedAt = now();
        int ordinal = 0;
        for (var change : command.changes()) {
            for (var event : change.events()) {
                record(command, change, event, ordinal++, recordedAt);
            }
            int added = change.events().size();
            receipts.add(
                    new Receipt(change.stream(), version(change.stream()), head(), added, false));
        }
        answers.put(command.metadata().commandId(), List.copyOf(receipts));
        return new Outcome.Appended(List.copyOf(receipts));
    }

    private Optional<Conflict> firstLost(Decided command) {
        var seen = new HashMap<StreamId, Expected>();
        for (var change : command.changes()) {
            if (seen.putIfAbsent(change.stream(), change.expected()) != null) continue;
            long actual = version(change.stream());
            if (change.expected().holdsFor(actual)) continue;
            return Optional.of(new Conflict(change.stream(), change.expected(), actual));
        }
        return Optional.empty();
    }

    private void record(
            Decided command, Change change, Object event, int ordinal, Instant recordedAt) {
        var stream = streams.computeIfAbsent(change.stream(), id -> new ArrayList<>());
        var envelope =
                new Envelope<>(
                        events.size() + 1L,
                        change.stream(),
                        stream.size() + 1L,
                        Ids.derive(command.metadata().commandId(), Integer.toString(ordinal)),
                        stream.isEmpty() ? change.tenant() : stream.getFirst().tenant(),
                        recordedAt,
                        Objects.requireNonNullElse(command.effectiveAt(), recordedAt),
                        command.metadata(),
                        event);
        events.add(envelope);
        stream.add(envelope);
    }

    /** The clock's time, but never before the last event's. */
    private Instant now() {
        var now = clock.instant();
        if (events.isEmpty()) return now;
        var last = events.getLast().recordedAt();
        return now.isBefore(last) ? last : now;
    }

    @Override
    public Optional<List<Receipt>> answerTo(UUID commandId) {
        lock.lock();
        try {
            return Optional.ofNullable(answers.get(commandId))
                    .map(first -> first.stream().map(MemoryLog::repeated).toList());
        } finally {
            lock.unlock();
        }
    }

    private static Receipt repeated(Receipt first) {
        return new Receipt(first.stream(), first.version(), first.position(), first.events(), true);
    }

    @Override
    public List<Envelope<?>> read(long after, int limit) {
        return slice(events, after, limit);
    }

    @Override
    public List<Row> rows(long after, int limit, Wanted wanted) {
        return read(after, limit).stream().map(event -> row(event, wanted)).toList();
    }

    private static Row row(Envelope<?> event, Wanted wanted) {
        boolean seen =
                wanted.eventRoots().stream().anyMatch(root -> root.isInstance(event.event()))
                        && wanted.slices().contains(event.stream());
        return new Row(
                event.position(),
                event.stream(),
                event.version(),
                event.recordedAt(),
                seen ? event : null);
    }

    @Override
    public List<Envelope<?>> readStream(StreamId stream, long fromVersion, int limit) {
        return slice(streams.getOrDefault(stream, List.of()), fromVersion - 1, limit);
    }

    private List<Envelope<?>> slice(List<Envelope<?>> all, long after, int limit) {
        lock.lock();
        try {
            int from = (int) Math.min(after, all.size());
            int to = from + Math.min(limit, all.size() - from);
            return List.copyOf(all.subList(from, to));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<StreamInfo> stream(StreamId stream) {
        lock.lock();
        try {
            return Optional.ofNullable(streams.get(stream)).map(MemoryLog::info);
        } finally {
            lock.unlock();
        }
    }

    private static StreamInfo info(List<Envelope<?>> all) {
        var first = all.getFirst();
        return new StreamInfo(
                first.stream(),
                all.size(),
                first.tenant(),
                first.recordedAt(),
                all.getLast().recordedAt());
    }

    private long version(StreamId stream) {
        return streams.getOrDefault(stream, List.of()).size();
    }

    @Override
    public long head() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(long position, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (events.size() < position) {
                if (nanos <= 0) return false;
                nanos = grown.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }
}
