package io.quartermaster.runner;

/** Where the output of steps is kept while it comes. Bounds what it keeps. */
public interface StepLog {

    /**
     * Keeps output of a step.
     *
     * @param index the step's place in the run, from 0
     * @param text masked already
     */
    void append(String machine, int run, int index, String text);
}
