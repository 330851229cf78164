package io.quartermaster.engine;

/**
 * A reader found a hole in what can have none: the log's positions or a stream's versions. It stops
 * here, because going on would lose the event for ever without a sign.
 */
public final class LostEvent extends RuntimeException {

    /**
     * @param reader who noticed
     * @param expected the position or version that had to come next
     * @param found what came instead
     */
    public LostEvent(String reader, long expected, long found) {
        super(reader + " expected event " + expected + " next and found " + found);
    }
}
