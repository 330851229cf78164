package io.quartermaster.simulation;

/** Something happened that must never happen. */
final class Violation extends AssertionError {

    Violation(String what) {
        super(what);
    }
}
