package io.quartermaster.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Gathers what many callers append at the same time into one transaction. Whoever comes first works
 * for all who wait; a lone caller pays no change of threads. What is left when that caller is done
 * is carried on by a virtual thread, so that nobody works for others for long.
 */
final class Batcher {
    private final int queueLimit;
    private final int batchLimit;
    private final Function<List<Prepared>, List<Outcome>> flush;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean busy;

    /**
     * @param queueLimit how many commands may wait
     * @param batchLimit how many commands go into one transaction
     * @param flush appends commands of which no two share a stream or an id
     */
    Batcher(int queueLimit, int batchLimit, Function<List<Prepared>, List<Outcome>> flush) {
        this.queueLimit = queueLimit;
        this.batchLimit = batchLimit;
        this.flush = flush;
    }

    private record Waiting(Prepared command, CompletableFuture<Outcome> outcome) {}

    /**
     * @throws Overloaded when there is no room for all of them
     */
    List<Outcome> submit(List<Prepared> commands) {
        var own = commands.stream().map(c -> new Waiting(c, new CompletableFuture<>())).toList();
        if (enqueue(own)) {
            while (!own.stream().allMatch(each -> each.outcome().isDone())) flushOnce();
            handOver();
        }
        return own.stream().map(Batcher::outcome).toList();
    }

    /** How many commands wait. */
    int depth() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the caller has to do the work. */
    private boolean enqueue(List<Waiting> own) {
        lock.lock();
        try {
            if (queue.size() + own.size() > queueLimit) throw new Overloaded(queueLimit);
            queue.addAll(own);
            if (busy) return false;
            busy = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void handOver() {
        if (retire()) return;
        Thread.ofVirtual()
                .name("append")
                .start(
                        () -> {
                            do flushOnce();
                            while (!retire());
                        });
    }

    /** Stops working if there is nothing to do. */
    private boolean retire() {
        lock.lock();
        try {
            busy = !queue.isEmpty();
            return !busy;
        } finally {
            lock.unlock();
        }
    }

    private void flushOnce() {
        flushTogether(nextBatch());
    }

    private void flushTogether(List<Waiting> batch) {
        try {
            var outcomes = flush.apply(batch.stream().map(Waiting::command).toList());
            for (int i = 0; i < batch.size(); i++) batch.get(i).outcome().complete(outcomes.get(i));
        } catch (StorageFailure failure) {
            // values that cannot be stored are the fault of one command, not of its companions
            if (failure.isBadData() && batch.size() > 1) flushAlone(batch);
            else fail(batch, failure);
        } catch (Throwable failure) {
            fail(batch, failure);
        }
    }

    private void flushAlone(List<Waiting> batch) {
        for (var each : batch) flushTogether(List.of(each));
    }

    private static void fail(List<Waiting> batch, Throwable failure) {
        for (var each : batch) each.outcome().completeExceptionally(failure);
    }

    /**
     * Takes what can go together. A command whose stream or id is taken waits for the next batch,
     * and so does every later one that shares a stream with it.
     */
    private List<Waiting> nextBatch() {
        var batch = new ArrayList<Waiting>();
        var later = new ArrayList<Waiting>();
        Set<Object> taken = new HashSet<>();
        lock.lock();
        try {
            while (batch.size() < batchLimit && !queue.isEmpty()) {
                var next = queue.poll();
                boolean free = next.command().keys().stream().noneMatch(taken::contains);
                (free ? batch : later).add(next);
                taken.addAll(next.command().keys());
            }
            later.reversed().forEach(queue::addFirst);
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private static Outcome outcome(Waiting waiting) {
        try {
            return waiting.outcome().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            if (e.getCause() instanceof Error error) throw error;
            throw e;
        }
    }
}
