package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Slices;
import io.quartermaster.engine.Tx;
import io.quartermaster.es.Envelope;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A reader of the log, with a place of its own in it.
 *
 * @param name stable, with its version: {@code machine-table.v1}; a new version starts anew
 * @param eventRoots sealed roots of the events it is given, each stream's in order
 * @param ranges shares of the streams that are worked on side by side; fixed for a version
 */
public record Subscription(
        String name, Set<Class<?>> eventRoots, Handler handler, List<Slices> ranges) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}\\.v[1-9][0-9]{0,3}");

    /** Checks the name. */
    public Subscription {
        eventRoots = Set.copyOf(eventRoots);
        ranges = List.copyOf(ranges);
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
        return new Subscription(name, eventRoots, handler, List.of(Slices.ALL));
    }

    /**
     * A subscription that talks to the world: each event is given at least once, the last one
     * before a crash again. It starts at the log's end, so history is never acted out.
     */
    public static Subscription effect(String name, Set<Class<?>> eventRoots, Effect handler) {
        return new Subscription(name, eventRoots, handler, List.of(Slices.ALL));
    }

    /** The same subscription, worked on in that many shares side by side. */
    public Subscription inRanges(int count) {
        return new Subscription(name, eventRoots, handler, Slices.split(count));
    }

    /** Whether two names differ at most in their version. */
    static boolean isVersionOf(String one, String other) {
        return baseName(one).equals(baseName(other));
    }

    /** The name without its version. */
    public static String baseName(String name) {
        return name.substring(0, name.lastIndexOf(".v"));
    }

    /** What is done with an event. */
    public sealed interface Handler permits Pure, Effect {}

    /** Writes only through the transaction; whatever it throws parks the event's stream. */
    @FunctionalInterface
    public non-sealed interface Pure extends Handler {
        void handle(Envelope<?> event, Tx tx) throws Exception;

        /** Told of a new transaction, before the first event in it. */
        default void entering(Tx tx) throws Exception {}

        /** Told from where it goes on, before the first event. */
        default void opened(Checkpoint checkpoint) {}
    }

    /** Talks to the world; whatever it throws parks the event's stream. */
    @FunctionalInterface
    public non-sealed interface Effect extends Handler {
        void handle(Envelope<?> event) throws Exception;
    }
}
