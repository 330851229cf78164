package io.quartermaster.simulation;

import java.util.HashMap;
import java.util.Map;

/** What a host keeps of one run on its disk. */
final class RunFolder {

    /** Fence of the claim under which it is worked on. */
    long claim;

    boolean stop;
    boolean kill;
    final Map<String, Result> results = new HashMap<>();

    /** How often each attempt was begun. */
    final Map<String, Integer> begun = new HashMap<>();

    /** How often the host died in the middle of each attempt. */
    final Map<String, Integer> deaths = new HashMap<>();

    /** The boot in which each attempt was begun first. */
    final Map<String, Integer> bootOf = new HashMap<>();

    /** How an attempt ended. */
    enum Result {
        UNCHANGED,
        CHANGED,
        PENDING,
        BUSY,
        HOPELESS,
        NOT_THERE,
        KILLED,
        LOST;

        boolean passes() {
            return this == UNCHANGED || this == CHANGED;
        }
    }
}
