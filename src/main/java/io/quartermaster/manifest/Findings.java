package io.quartermaster.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with the documents. */
final class Findings {
    /** More than this many violations are only counted: a person mends these first. */
    static final int KEPT = 100;

    private final List<Violation> violations = new ArrayList<>();
    private int count;

    void add(Value where, Code code, String message) {
        count++;
        if (count <= KEPT) {
            violations.add(
                    new Violation(
                            where.document(),
                            where.node().at().line(),
                            where.pointer(),
                            code.text(),
                            message));
        }
    }

    /** Whether anything more is only counted. */
    boolean areFull() {
        return count >= KEPT;
    }

    int count() {
        return count;
    }

    Validation.Invalid invalid() {
        List<Violation> sorted = new ArrayList<>(violations);
        sorted.sort(Comparator.comparingInt(Violation::document).thenComparingInt(Violation::line));
        return new Validation.Invalid(List.copyOf(sorted), count - sorted.size());
    }
}
