package io.quartermaster.manifest;

import java.util.List;

/** What came of validating documents: all of them are good, or nothing is to be done. */
public sealed interface Validation {

    /**
     * All are good.
     *
     * @param changes to be appended together or not at all, in this order: what is referred to
     *     comes before what refers to it
     */
    record Valid(List<Change> changes) implements Validation {}

    /**
     * Something is wrong; over HTTP a 422.
     *
     * @param violations at least one, at most {@value Findings#KEPT}, document by document
     * @param omitted how many more there were
     */
    record Invalid(List<Violation> violations, int omitted) implements Validation {}
}
