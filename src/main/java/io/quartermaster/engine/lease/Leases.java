package io.quartermaster.engine.lease;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives and prolongs leases. All times are those of the place where leases are kept, so clocks of
 * replicas do not matter. Holding a lease is not proof that no other holder is still at work: what
 * it protects must compare epochs.
 */
public interface Leases {

    /** The lease, when nobody holds it; also empty when the owner itself holds it. */
    default Optional<Lease> acquire(String name, String owner, Duration ttl) {
        return acquireAny(List.of(name), owner, ttl, 1).stream().findFirst();
    }

    /** At most {@code max} leases out of the names, those that nobody holds, in one go. */
    List<Lease> acquireAny(List<String> names, String owner, Duration ttl, int max);

    /**
     * Prolongs leases from now on.
     *
     * @return those that still were the owner's; the others are lost
     */
    List<Lease> renew(List<Lease> leases, Duration ttl);

    /** Gives a lease up, so that another may have it at once; nothing happens when it is lost. */
    default void release(Lease lease) {
        release(List.of(lease));
    }

    /** Gives leases up together; nothing happens to those that are lost. */
    void release(List<Lease> leases);

    /** The leases that are held at present. */
    List<Lease> held();
}
