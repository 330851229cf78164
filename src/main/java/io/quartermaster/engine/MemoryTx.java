package io.quartermaster.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/** A transaction in memory: changes are made at once, and undone when it fails. */
public final class MemoryTx implements Tx {
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** Remembers how to take back a change just made. */
    public void onRollback(Runnable takeBack) {
        undo.push(takeBack);
    }

    /** Takes back every change, the last one first. */
    public void rollBack() {
        while (!undo.isEmpty()) undo.pop().run();
    }
}
