package io.quartermaster.operator;

/** What became of a custom resource when it was submitted as commands. */
sealed interface Verdict {

    /**
     * It is what is wanted now.
     *
     * @param position of the log; views that have passed it show it
     */
    record Accepted(long position) implements Verdict {}

    /**
     * It cannot be, until somebody changes it or what it collides with.
     *
     * @param reason CamelCase
     * @param message begins with the field where there is one
     */
    record Refused(String reason, String message) implements Verdict {}

    /** It refers to something that is not there yet. */
    record Waiting(String message) implements Verdict {}
}
