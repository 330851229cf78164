package io.quartermaster.engine;

import java.time.Duration;

/** Where the log reports how it is doing, whatever then shows it. Calls return at once. */
public interface Meters {

    /**
     * Commands were appended in one transaction.
     *
     * @param took from the first statement to the commit's end
     */
    void appended(int commands, int events, Duration took);

    /** A command lost a race. */
    void conflicted();

    /** A command was refused because too many waited. */
    void overloaded();

    /** Reports to nobody. */
    static Meters none() {
        return new Meters() {
            @Override
            public void appended(int commands, int events, Duration took) {}

            @Override
            public void conflicted() {}

            @Override
            public void overloaded() {}
        };
    }
}
