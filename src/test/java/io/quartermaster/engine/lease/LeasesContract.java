package io.quartermaster.engine.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every keeper of leases promises. */
abstract class LeasesContract {
    private static final Duration LONG = Duration.ofHours(1);

    abstract Leases leases();

    /** Lets the term of a lease come to its end. */
    abstract void expire(Lease lease);

    @Test
    void a_held_lease_is_given_to_nobody_else_nor_again_to_its_owner() {
        leases().acquire("a", "me", LONG).orElseThrow();
        assertEquals(Optional.empty(), leases().acquire("a", "you", LONG));
        assertEquals(Optional.empty(), leases().acquire("a", "me", LONG));
    }

    @Test
    void of_any_two_leases_the_later_one_has_the_greater_epoch() {
        var first = leases().acquire("b", "me", LONG).orElseThrow();
        var second = leases().acquire("a", "me", LONG).orElseThrow();
        expire(first);
        var third = leases().acquire("b", "you", LONG).orElseThrow();
        leases().release(third);
        var fourth = leases().acquire("b", "me", LONG).orElseThrow();

        var epochs = List.of(first.epoch(), second.epoch(), third.epoch(), fourth.epoch());
        assertEquals(epochs.stream().sorted().distinct().toList(), epochs);
    }

    @Test
    void an_expired_lease_can_be_taken_but_no_longer_renewed_or_released() {
        var old = leases().acquire("a", "me", LONG).orElseThrow();
        expire(old);
        assertEquals(List.of(), leases().renew(List.of(old), LONG));
        assertEquals(List.of(), leases().held());

        var taken = leases().acquire("a", "you", LONG).orElseThrow();

        leases().release(old);
        assertEquals(List.of(), leases().renew(List.of(old), LONG));
        assertEquals(List.of(taken), leases().held());
        assertEquals(List.of(taken), leases().renew(List.of(taken), LONG));
    }

    @Test
    void a_renewal_tells_which_leases_are_left() {
        var kept = leases().acquire("a", "me", LONG).orElseThrow();
        var lost = leases().acquire("b", "me", LONG).orElseThrow();
        expire(lost);
        assertEquals(List.of(kept), leases().renew(List.of(kept, lost), LONG));
        assertEquals(List.of(), leases().renew(List.of(), LONG));
    }

    @Test
    void some_of_the_free_leases_are_given_in_one_go() {
        leases().acquire("b", "you", LONG).orElseThrow();
        var names = List.of("a", "b", "c", "d");

        var given = leases().acquireAny(names, "me", LONG, 2);

        assertEquals(List.of("a", "c"), given.stream().map(Lease::name).sorted().toList());
        assertTrue(given.stream().allMatch(lease -> lease.owner().equals("me")));
        var rest = leases().acquireAny(names, "me", LONG, 2);
        assertEquals(List.of("d"), rest.stream().map(Lease::name).toList());
    }
}
