package io.quartermaster.engine.subscription;

import io.quartermaster.engine.MemoryTx;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.StorageFailure;
import io.quartermaster.engine.Tx;
import io.quartermaster.es.StreamId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checkpoints, parked streams and dead letters in memory; one transaction at a time. */
public final class MemorySubscriptions implements SubscriptionStore {
    private final Map<String, Checkpoint> checkpoints = new TreeMap<>();
    private final Map<String, Parked> parked = new TreeMap<>();
    private final Map<Long, DeadLetter> deadLetters = new TreeMap<>();
    private final Map<String, Stopped> stopped = new TreeMap<>();
    private long lastDeadLetter;

    @Override
    public synchronized Checkpoint open(String subscriber, Slices slices, long epoch, long start) {
        var known = checkpoints.get(key(subscriber, slices));
        if (known != null && known.epoch() > epoch) throw new Fenced(subscriber);
        checkLayout(subscriber, slices);
        long position = known == null ? start : known.position();
        long actsAfter = known == null ? reachedByOthers(subscriber) : known.actsAfter();
        var opened = new Checkpoint(subscriber, slices, epoch, position, actsAfter);
        checkpoints.put(key(subscriber, slices), opened);
        stopped.remove(key(subscriber, slices));
        return opened;
    }

    @Override
    public synchronized void stop(Checkpoint checkpoint, String reason) {
        var key = key(checkpoint.subscriber(), checkpoint.slices());
        var known = checkpoints.get(key);
        if (known == null || known.epoch() != checkpoint.epoch()) return;
        stopped.put(key, new Stopped(checkpoint.subscriber(), reason));
    }

    @Override
    public synchronized List<Stopped> stopped() {
        return List.copyOf(stopped.values());
    }

    private void checkLayout(String subscriber, Slices slices) {
        for (var other : checkpoints.values()) {
            if (other.subscriber().equals(subscriber)) Splits.check(other, slices);
        }
    }

    private long reachedByOthers(String subscriber) {
        return checkpoints.values().stream()
                .filter(other -> !other.subscriber().equals(subscriber))
                .filter(other -> Subscription.isVersionOf(subscriber, other.subscriber()))
                .mapToLong(Checkpoint::position)
                .max()
                .orElse(0);
    }

    @Override
    public synchronized void advance(Checkpoint from, long position, Work work) {
        var key = key(from.subscriber(), from.slices());
        if (!from.equals(checkpoints.get(key))) throw new Fenced(from.subscriber());
        var tx = new MemoryTx();
        try {
            work.in(tx);
        } catch (SQLException e) {
            tx.rollBack();
            throw new StorageFailure(e);
        } catch (Throwable failure) {
            tx.rollBack();
            throw failure;
        }
        checkpoints.put(key, from.at(position));
    }

    @Override
    public synchronized List<Parked> parked(Checkpoint checkpoint) {
        return parked.values().stream()
                .filter(each -> each.subscriber().equals(checkpoint.subscriber()))
                .filter(each -> checkpoint.slices().contains(each.stream()))
                .toList();
    }

    @Override
    public synchronized void park(Tx tx, Parked stream, Instant now) {
        var memory = (MemoryTx) tx;
        memory.put(parked, key(stream.subscriber(), stream.stream()), stream);
        if (stream.retryAt() != null) return;
        long id = ++lastDeadLetter;
        memory.put(
                deadLetters,
                id,
                new DeadLetter(
                        id,
                        stream.subscriber(),
                        stream.stream(),
                        stream.version(),
                        stream.position(),
                        stream.attempts(),
                        stream.error(),
                        now));
    }

    @Override
    public synchronized void unpark(Tx tx, Parked stream) {
        ((MemoryTx) tx).remove(parked, key(stream.subscriber(), stream.stream()));
    }

    @Override
    public synchronized List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints.values());
    }

    @Override
    public synchronized List<Parked> parked() {
        return List.copyOf(parked.values());
    }

    @Override
    public synchronized List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters.values());
    }

    @Override
    public synchronized boolean resolve(long id, Resolution resolution) {
        var letter = deadLetters.remove(id);
        if (letter == null) return false;
        long version = letter.version() + (resolution.skip() ? 1 : 0);
        parked.computeIfPresent(
                key(letter.subscriber(), letter.stream()),
                (key, old) ->
                        new Parked(
                                old.subscriber(),
                                old.stream(),
                                version,
                                old.position(),
                                0,
                                old.error(),
                                resolution.at()));
        return true;
    }

    private static String key(String subscriber, Slices slices) {
        return subscriber + " " + slices.first();
    }

    private static String key(String subscriber, StreamId stream) {
        return subscriber + " " + stream;
    }
}
