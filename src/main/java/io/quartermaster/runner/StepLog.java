package io.quartermaster.runner;

/** Where the output of steps is kept while it comes. Bounds what it keeps. */
public interface StepLog {

    /**
     * The output of an attempt follows from its first byte. When some of that attempt is kept
     * already, since the runner came back to it, the same comes again and takes its place.
     *
     * @param index the step's place in the run, from 0
     * @param attempt from 1
     */
    void begin(String machine, int run, int index, int attempt);

    /**
     * Keeps output of a step.
     *
     * @param index the step's place in the run, from 0
     * @param text masked already
     */
    void append(String machine, int run, int index, String text);
}
