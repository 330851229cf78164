package io.quartermaster.engine.lease;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wish to do something alone, and the lease on it whenever it is this replica's turn. Whoever
 * works asks for the lease before each piece of work, and so lets go of it between two of them.
 */
public final class Claim implements AutoCloseable {
    private final String name;
    private final LeaseKeeper keeper;
    private final Runnable changed;
    private @Nullable Term term;
    private boolean leaving;

    /** A lease, and until when it is sure by this replica's clock. */
    private record Term(Lease lease, Instant until) {}

    Claim(String name, LeaseKeeper keeper, Runnable changed) {
        this.name = name;
        this.keeper = keeper;
        this.changed = changed;
    }

    String name() {
        return name;
    }

    /** The lease, if there may be work under it now. */
    public synchronized Optional<Lease> lease() {
        if (term == null) return Optional.empty();
        if (leaving) {
            keeper.handBack(term.lease());
            forget();
            return Optional.empty();
        }
        return keeper.now().isBefore(term.until()) ? Optional.of(term.lease()) : Optional.empty();
    }

    /** Somebody else has taken over; the next turn may come later. */
    public synchronized void lost() {
        forget();
    }

    /** What is held, sure or not; empty also when it is about to be let go of. */
    synchronized Optional<Lease> kept() {
        return term == null || leaving ? Optional.empty() : Optional.of(term.lease());
    }

    synchronized Optional<Lease> held() {
        return Optional.ofNullable(term).map(Term::lease);
    }

    void given(Lease lease, Instant until) {
        synchronized (this) {
            term = new Term(lease, until);
            leaving = false;
        }
        changed.run();
    }

    /** Unless it was let go of meanwhile. */
    synchronized void renewed(Lease lease, Instant until) {
        if (term != null && term.lease().equals(lease)) term = new Term(lease, until);
    }

    synchronized void lost(Lease lease) {
        if (term != null && term.lease().equals(lease)) forget();
    }

    /** Asks whoever works to let go of it. */
    void leave() {
        synchronized (this) {
            leaving = true;
        }
        changed.run();
    }

    private void forget() {
        term = null;
        leaving = false;
    }

    /** It is never this replica's turn again. */
    @Override
    public synchronized void close() {
        keeper.withdraw(this);
        if (term != null) keeper.handBack(term.lease());
        forget();
    }
}
