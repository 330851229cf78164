package io.quartermaster.engine.subscription;

import io.quartermaster.engine.Slices;

/** A subscriber's slices are split once: ranges that overlap would handle events twice. */
final class Splits {

    private Splits() {}

    static void check(Checkpoint known, Slices wanted) {
        var old = known.slices();
        boolean same = old.equals(wanted);
        boolean apart = old.last() < wanted.first() || wanted.last() < old.first();
        if (same || apart) return;
        throw new IllegalStateException(
                "%s has worked on %s before and cannot work on %s: give it a new version"
                        .formatted(known.subscriber(), old, wanted));
    }
}
