package io.quartermaster.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.step.Journal;
import io.quartermaster.step.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps what an executor says, and lets a test wait for it. */
class RecordingJournal implements Journal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    final List<String> said = new ArrayList<>();
    final Map<String, StepResult> results = new LinkedHashMap<>();
    final List<String> firstContacts = new ArrayList<>();
    private final Map<Integer, StringBuilder> output = new LinkedHashMap<>();
    private volatile Wish wish = Wish.GO_ON;

    @Override
    public void sending(int first, int last) {
        note(() -> said.add("sending " + first + "-" + last));
    }

    @Override
    public void started(int index, int attempt) {
        note(
                () -> {
                    said.add("started " + index + "." + attempt);
                    output.remove(index);
                });
    }

    @Override
    public void output(int index, String text) {
        note(() -> output.computeIfAbsent(index, _ -> new StringBuilder()).append(text));
    }

    @Override
    public void finished(int index, int attempt, StepResult result, Duration took) {
        note(
                () -> {
                    said.add(
                            "finished "
                                    + index
                                    + "."
                                    + attempt
                                    + " "
                                    + result.getClass().getSimpleName());
                    results.put(index + "." + attempt, result);
                });
    }

    @Override
    public void firstContact(String host, String key) {
        note(() -> firstContacts.add(host + " " + key));
    }

    @Override
    public Wish wish() {
        return wish;
    }

    void wish(Wish wanted) {
        wish = wanted;
    }

    String output(int index) {
        lock.lock();
        try {
            return output.getOrDefault(index, new StringBuilder()).toString();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until it holds; fails after half a minute. */
    void await(Predicate<RecordingJournal> condition) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(30);
        lock.lock();
        try {
            while (!condition.test(this) && left > 0) {
                left = changed.awaitNanos(left);
            }
            assertTrue(condition.test(this), () -> "in half a minute it only said " + said);
        } finally {
            lock.unlock();
        }
    }

    private void note(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
