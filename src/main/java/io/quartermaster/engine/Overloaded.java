package io.quartermaster.engine;

/**
 * More commands wait for the log than its queue holds. The command was not tried; the caller may
 * send it again later. Expected under load: no stack trace is taken.
 */
public final class Overloaded extends RuntimeException {

    /**
     * @param limit how many commands may wait
     */
    public Overloaded(int limit) {
        super(
                "the log's queue of " + limit + " commands is full, try again later",
                null,
                false,
                false);
    }
}
