package io.quartermaster.view;

import java.time.Duration;

/** Whether the views show what a command has led to. */
@FunctionalInterface
public interface CaughtUp {

    /**
     * Waits until all views have passed a position of the log.
     *
     * @return whether they did in time
     */
    boolean await(long position, Duration timeout) throws InterruptedException;
}
