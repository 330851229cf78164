package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Tx;
import io.quartermaster.es.Envelope;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A reader of the log, with a place of its own in it.
 *
 * @param name stable, with its version: {@code machine-table.v1}; a new version starts anew
 * @param eventRoots sealed roots of the events it is given, each stream's in order
 */
public record Subscription(String name, Set<Class<?>> eventRoots, Handler handler) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}\\.v[1-9][0-9]{0,3}");

    /** Checks the name. */
    public Subscription {
        eventRoots = Set.copyOf(eventRoots);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "subscription name '" + name + "' must match " + NAME);
        }
    }

    /**
     * A subscription that writes only through the transaction it is given, which commits with its
     * checkpoint: each event counts exactly once. It starts at the log's beginning.
     */
    public static Subscription pure(String name, Set<Class<?>> eventRoots, Pure handler) {
        return new Subscription(name, eventRoots, handler);
    }

    /**
     * A subscription that talks to the world: each event is given at least once, and after a crash
     * some of the last batch again. It starts at the log's end, so history is never acted out.
     */
    public static Subscription effect(String name, Set<Class<?>> eventRoots, Effect handler) {
        return new Subscription(name, eventRoots, handler);
    }

    /** What is done with an event. */
    public sealed interface Handler permits Pure, Effect {}

    /** Writes only through the transaction; whatever it throws parks the event's stream. */
    @FunctionalInterface
    public non-sealed interface Pure extends Handler {
        void handle(Envelope<?> event, Tx tx) throws Exception;
    }

    /** Talks to the world; whatever it throws parks the event's stream. */
    @FunctionalInterface
    public non-sealed interface Effect extends Handler {
        void handle(Envelope<?> event) throws Exception;
    }
}
