package io.quartermaster.engine.subscription;

/**
 * Somebody else has taken over: the checkpoint moved, or a newer lease has touched it. Nothing was
 * written; whoever gets this has lost its lease and stops.
 */
public final class Fenced extends RuntimeException {

    /**
     * @param subscriber whose checkpoint it was
     */
    public Fenced(String subscriber) {
        super("another one has taken over " + subscriber);
    }
}
