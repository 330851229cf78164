package io.quartermaster.kube;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Journal;
import io.quartermaster.step.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps what an executor says, and lets a test wait for words of it. */
final class Said implements Journal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final StringBuilder output = new StringBuilder();
    final List<String> calls = new ArrayList<>();
    private volatile Wish wish = Wish.GO_ON;
    private volatile @Nullable RuntimeException lost;

    @Override
    public void sending(int first, int last) {
        calls.add("sending " + first + "-" + last);
    }

    @Override
    public void started(int index, int attempt) {
        calls.add("started " + index + "." + attempt);
    }

    @Override
    public void output(int index, String text) {
        lock.lock();
        try {
            output.append(text);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void finished(int index, int attempt, StepResult result, Duration took) {
        calls.add("finished " + index + "." + attempt + " " + result.getClass().getSimpleName());
    }

    @Override
    public void firstContact(String host, String key) {
        throw new IllegalStateException("no host is spoken to");
    }

    @Override
    public Wish wish() {
        if (lost != null) throw lost;
        return wish;
    }

    /** From now on the run is somebody else's. */
    void loseClaim(RuntimeException how) {
        lost = how;
    }

    void wish(Wish wanted) {
        wish = wanted;
    }

    String output() {
        lock.lock();
        try {
            return output.toString();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until the words were said; fails after half a minute. */
    void await(String words) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(30);
        lock.lock();
        try {
            while (output.indexOf(words) < 0 && left > 0) {
                left = more.awaitNanos(left);
            }
            assertTrue(output.indexOf(words) >= 0, () -> words + " is not in:\n" + output);
        } finally {
            lock.unlock();
        }
    }
}
