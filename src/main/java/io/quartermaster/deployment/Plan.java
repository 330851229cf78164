package io.quartermaster.deployment;

import java.util.Set;
import java.util.TreeSet;

/** The states of a provisioning plan. */
public sealed interface Plan {

    /** Never saved. */
    record None() implements Plan {}

    /**
     * Saved.
     *
     * @param revision the newest
     * @param users names of the deployments that use it
     */
    record Live(int revision, PlanSpec spec, Set<String> users) implements Plan {

        Live revised(int next, PlanSpec nextSpec) {
            return new Live(next, nextSpec, users);
        }

        Live with(String deployment) {
            Set<String> more = new TreeSet<>(users);
            more.add(deployment);
            return new Live(revision, spec, more);
        }

        Live without(String deployment) {
            Set<String> fewer = new TreeSet<>(users);
            fewer.remove(deployment);
            return new Live(revision, spec, fewer);
        }
    }

    /** Withdrawn; {@code revision} was the last one, so that numbers are never used twice. */
    record Deleted(int revision) implements Plan {}
}
