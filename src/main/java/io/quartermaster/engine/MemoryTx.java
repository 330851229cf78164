package io.quartermaster.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transaction in memory: changes are made at once, and undone when it fails. */
public final class MemoryTx implements Tx {
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** Puts into a map. */
    public <K, V> void put(Map<K, V> map, K key, V value) {
        restoring(key, map, map.put(key, value));
    }

    /** Removes from a map; nothing happens when there is no such key. */
    public <K, V> void remove(Map<K, V> map, K key) {
        restoring(key, map, map.remove(key));
    }

    private <K, V> void restoring(K key, Map<K, V> map, @Nullable V old) {
        onRollback(
                () -> {
                    if (old == null) map.remove(key);
                    else map.put(key, old);
                });
    }

    /** Remembers how to take back a change just made. */
    public void onRollback(Runnable takeBack) {
        undo.push(takeBack);
    }

    /** Takes back every change, the last one first. */
    public void rollBack() {
        while (!undo.isEmpty()) undo.pop().run();
    }
}
