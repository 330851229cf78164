package io.quartermaster.engine;

import io.quartermaster.es.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets those take turns who send to the same stream. Who lost a race there waits for its turn, and
 * as long as somebody waits, whoever comes later queues behind: so none of them loses against
 * another of this process, however many there are. Streams that nobody races for cost nothing.
 */
final class Turns {

    private final Map<StreamId, Turn> contended = new HashMap<>();

    /** The queue for a stream; gone when nobody uses it. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private final StreamId stream;
        private int users;

        Turn(StreamId stream) {
            this.stream = stream;
        }
    }

    /**
     * Does the work when its turn has come on every stream that is raced for.
     *
     * @param streams those that the work is about
     * @param lost those of them on which it has lost a race before
     */
    <T> T take(Collection<StreamId> streams, Set<StreamId> lost, Supplier<T> work) {
        var turns = join(streams, lost);
        int held = 0;
        try {
            for (; held < turns.size(); held++) turns.get(held).lock.lock();
            return work.get();
        } finally {
            for (var turn : turns.subList(0, held)) turn.lock.unlock();
            leave(turns);
        }
    }

    /** In one order for all, so that nobody waits for somebody who waits for him. */
    private synchronized List<Turn> join(Collection<StreamId> streams, Set<StreamId> lost) {
        var turns = new ArrayList<Turn>();
        var inOrder = Comparator.comparing(StreamId::type).thenComparing(StreamId::key);
        for (var stream : streams.stream().distinct().sorted(inOrder).toList()) {
            if (!lost.contains(stream) && !contended.containsKey(stream)) continue;
            var turn = contended.computeIfAbsent(stream, Turn::new);
            turn.users++;
            turns.add(turn);
        }
        return turns;
    }

    private synchronized void leave(List<Turn> turns) {
        for (var turn : turns) {
            if (--turn.users == 0) contended.remove(turn.stream);
        }
    }
}
