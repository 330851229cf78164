package io.quartermaster.rest;

import io.quartermaster.billing.audit.Audit.Finding;
import java.util.List;

/** Checks that what is metered is what there is. */
@FunctionalInterface
public interface Conserving {

    /** The differences that stand; new ones have been recorded. */
    List<Finding> check() throws InterruptedException;
}
