package io.quartermaster.engine.saga;

import io.quartermaster.engine.MemoryTx;
import io.quartermaster.engine.Tx;
import io.quartermaster.es.Saga;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sagas in memory, for tests and simulations. */
public final class MemorySagas implements SagaStore {

    private record Instance(String saga, String key) {}

    private record Name(String saga, String key, String name) {}

    private record Scheduled(Instant at, Outgoing command) {}

    private record Entry(Outgoing command, int attempts, Instant notBefore) {}

    private final Map<Instance, Object> states = new HashMap<>();
    private final Map<Name, Scheduled> scheduled = new HashMap<>();
    private final TreeMap<Long, Entry> queue = new TreeMap<>();
    private final List<String> refusals = new ArrayList<>();
    private long sequence;

    @Override
    public synchronized <S> S load(Tx tx, Saga<S> saga, String key) {
        var state = states.get(new Instance(saga.name(), key));
        return state == null ? saga.initial() : saga.stateType().cast(state);
    }

    @Override
    public synchronized <S> void save(Tx tx, Saga<S> saga, String key, S state) {
        change(tx, states, new Instance(saga.name(), key), state);
    }

    @Override
    public synchronized void send(Tx tx, Outgoing command) {
        change(tx, queue, ++sequence, new Entry(command, 0, Instant.MIN));
    }

    @Override
    public synchronized void schedule(Tx tx, String name, Instant at, Outgoing command) {
        var key = new Name(command.saga(), command.key(), name);
        change(tx, scheduled, key, new Scheduled(at, command));
    }

    @Override
    public synchronized void cancel(Tx tx, String saga, String key, String name) {
        var of = new Name(saga, key, name);
        var before = scheduled.remove(of);
        if (before != null) undoWith(tx, () -> scheduled.put(of, before));
    }

    private static <K, V> void change(Tx tx, Map<K, V> map, K key, V value) {
        var before = map.put(key, value);
        undoWith(
                tx,
                () -> {
                    if (before == null) map.remove(key);
                    else map.put(key, before);
                });
    }

    private static void undoWith(Tx tx, Runnable takeBack) {
        if (!(tx instanceof MemoryTx memory)) {
            throw new IllegalArgumentException("sagas in memory need a transaction in memory");
        }
        memory.onRollback(takeBack);
    }

    @Override
    public synchronized int fire(Instant now, int limit) {
        var due =
                scheduled.entrySet().stream()
                        .filter(entry -> !entry.getValue().at().isAfter(now))
                        .sorted(
                                Comparator.comparing(
                                                (Map.Entry<Name, Scheduled> entry) ->
                                                        entry.getValue().at())
                                        .thenComparing(entry -> entry.getKey().toString()))
                        .limit(limit)
                        .toList();
        for (var entry : due) {
            scheduled.remove(entry.getKey());
            queue.put(++sequence, new Entry(entry.getValue().command(), 0, Instant.MIN));
        }
        return due.size();
    }

    @Override
    public synchronized List<Queued> pending(Instant now, int limit) {
        Set<Instance> heldBack = new HashSet<>();
        var pending = new ArrayList<Queued>();
        for (var entry : queue.entrySet()) {
            var value = entry.getValue();
            var instance = new Instance(value.command().saga(), value.command().key());
            if (value.notBefore().isAfter(now)) heldBack.add(instance);
            if (heldBack.contains(instance)) continue;
            pending.add(new Queued(entry.getKey(), value.attempts(), value.command()));
            if (pending.size() == limit) return pending;
        }
        return pending;
    }

    @Override
    public synchronized void sent(Queued command) {
        queue.remove(command.sequence());
    }

    @Override
    public synchronized void rejected(Queued command, String code, String message) {
        queue.remove(command.sequence());
        refusals.add(code + ": " + command.command().order());
    }

    @Override
    public synchronized void postponed(Queued command, Instant until, String why) {
        queue.replace(
                command.sequence(), new Entry(command.command(), command.attempts() + 1, until));
    }

    @Override
    public synchronized Backlog backlog() {
        long failing = queue.values().stream().filter(entry -> entry.attempts() > 0).count();
        return new Backlog(queue.size(), failing, scheduled.size());
    }

    /** The commands that were refused so far, each with the code of the refusal. */
    public synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }
}
