package io.quartermaster.engine;

import io.quartermaster.es.StreamId;

/**
 * The stream is not at the version that the command supposed: another writer was first, or the
 * caller's knowledge is old. Nothing was written. Expected in ordinary life: no stack trace is
 * taken.
 */
public final class Conflict extends RuntimeException {
    private final StreamId stream;
    private final Expected expected;
    private final long actual;

    /**
     * @param actual number of events the stream really has
     */
    public Conflict(StreamId stream, Expected expected, long actual) {
        super(
                "stream " + stream + " is at version " + actual + ", expected " + expected,
                null,
                false,
                false);
        this.stream = stream;
        this.expected = expected;
        this.actual = actual;
    }

    public StreamId stream() {
        return stream;
    }

    public Expected expected() {
        return expected;
    }

    public long actual() {
        return actual;
    }
}
