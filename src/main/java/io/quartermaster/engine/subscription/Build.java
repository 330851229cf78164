package io.quartermaster.engine.subscription;

import java.util.List;

/**
 * One filling of a projection's tables, from the log's beginning on.
 *
 * @param number counts a projection's builds
 * @param version of the projection that fills it
 * @param tables names of its tables, and of the views that show them
 */
public record Build(String projection, int number, int version, State state, List<String> tables) {

    /** What a build is for. */
    public enum State {
        /** Not yet shown. */
        FILLING,
        /** Shown by the views. */
        SERVING,
        /** Shown before, kept for replicas of the version before, until the next one is made. */
        RETIRED
    }

    /** The database schema that holds its tables. */
    public String schema() {
        return projection.replace('-', '_') + "_" + number;
    }

    /** The name of the subscription that fills it. */
    public String subscriber() {
        return projection + ".v" + number;
    }
}
