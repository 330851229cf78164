package io.quartermaster.engine.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.TickingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What replicas that keep leases together promise each other. */
abstract class LeaseKeeperContract {
    private static final int ALL = 6;
    final TickingClock clock = new TickingClock();
    private final Map<LeaseKeeper, List<Claim>> claims = new HashMap<>();

    abstract Leases leases();

    /** Lets everything end that this replica holds, as when it falls silent. */
    abstract void silence(String replica);

    private LeaseKeeper replica(String name) {
        var keeper = new LeaseKeeper(leases(), name, clock);
        var wanted = new ArrayList<Claim>();
        for (int i = 0; i < ALL; i++) wanted.add(keeper.claim("work/" + i, () -> {}));
        claims.put(keeper, wanted);
        return keeper;
    }

    /** A round, after which everybody asks whose turn it is. */
    private int round(LeaseKeeper keeper) {
        keeper.round();
        return held(keeper);
    }

    private int held(LeaseKeeper keeper) {
        var wanted = claims.getOrDefault(keeper, List.of());
        return (int) wanted.stream().filter(claim -> claim.lease().isPresent()).count();
    }

    @Test
    void one_alone_does_everything() {
        assertEquals(ALL, round(replica("one")));
    }

    @Test
    void one_that_joins_is_left_its_share() {
        var one = replica("one");
        var two = replica("two");
        round(one);
        assertEquals(0, round(two));
        assertEquals(3, round(one));
        round(one);
        assertEquals(3, round(two));
        assertEquals(3, round(one));
    }

    @Test
    void two_that_live_from_the_start_share_what_a_third_leaves_behind() {
        var one = replica("one");
        var two = replica("two");
        round(one);
        round(two);
        round(one);
        round(one);
        round(two);
        silence("two");
        claims.remove(two);
        assertEquals(ALL, round(one));
    }

    @Test
    void one_that_ends_leaves_everything_at_once() {
        var one = replica("one");
        var two = replica("two");
        round(one);
        one.close();
        assertEquals(0, held(one));
        assertEquals(ALL, round(two));
        assertTrue(leases().held().stream().allMatch(lease -> lease.owner().equals("two")));
    }

    @Test
    void what_others_do_not_want_is_taken_beyond_the_share() {
        var one = replica("one");
        round(one);
        var stranger = new LeaseKeeper(leases(), "stranger", clock);
        stranger.round();
        assertEquals(3, round(one));
        round(one);
        assertEquals(3, round(one));
        clock.advance(Duration.ofSeconds(6));
        assertEquals(ALL, round(one));
        assertEquals(ALL, round(one));
    }

    @Test
    void a_lease_is_not_sure_any_more_when_it_could_not_be_renewed_in_time() {
        var one = replica("one");
        round(one);
        clock.advance(LeaseKeeper.TTL);
        assertEquals(0, held(one));
    }

    @Test
    void what_is_withdrawn_is_free_for_others() {
        var one = replica("one");
        round(one);
        claims.getOrDefault(one, List.of()).getFirst().close();
        assertEquals(ALL - 1, round(one));
        assertTrue(leases().acquire("work/0", "other", LeaseKeeper.TTL).isPresent());
    }
}
