package io.quartermaster.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A position that only grows, and those who wait for it to get somewhere. */
public final class PositionSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long position;

    /** Announces a position; an older one changes nothing. */
    public void advance(long reached) {
        lock.lock();
        try {
            if (reached <= position) return;
            position = reached;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The greatest position announced. */
    public long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a position is announced.
     *
     * @return whether it was in time
     */
    public boolean await(long wanted, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (position < wanted) {
                if (nanos <= 0) return false;
                nanos = advanced.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
