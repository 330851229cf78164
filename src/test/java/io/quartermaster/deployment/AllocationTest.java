package io.quartermaster.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.deployment.Allocation.Free;
import io.quartermaster.deployment.Allocation.Waiting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final Map<String, String> ANY = Map.of();
    private static final Map<String, String> A = Map.of("pool", "a");
    private static final Map<String, String> A1 = Map.of("pool", "a", "zone", "1");

    @Test
    void who_waits_longest_is_served_first() {
        var waiting = List.of(new Waiting("m1", ANY), new Waiting("m2", ANY));
        assertEquals(Map.of("m1", "h1"), Allocation.assign(waiting, List.of(new Free("h1", A))));
    }

    @Test
    void a_host_needs_every_label_of_the_selector() {
        var waiting = List.of(new Waiting("m1", A1));
        var free = List.of(new Free("h1", A), new Free("h2", A1));
        assertEquals(Map.of("m1", "h2"), Allocation.assign(waiting, free));
    }

    @Test
    void who_finds_nothing_does_not_hold_up_the_next() {
        var waiting = List.of(new Waiting("m1", A1), new Waiting("m2", A));
        assertEquals(Map.of("m2", "h1"), Allocation.assign(waiting, List.of(new Free("h1", A))));
    }

    @Test
    void selectors_that_overlap_share_no_host() {
        var waiting = List.of(new Waiting("m1", A), new Waiting("m2", ANY), new Waiting("m3", A));
        var free = List.of(new Free("h1", A), new Free("h2", A), new Free("h3", ANY));
        assertEquals(
                Map.of("m1", "h1", "m2", "h2"),
                Allocation.assign(waiting, free),
                "the second takes what the third could have used: first come, first served");
    }

    @Test
    void no_host_is_given_twice_and_none_is_left_that_fits() {
        var labels = List.of(ANY, A, A1);
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            List<Waiting> waiting = new ArrayList<>();
            List<Free> free = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                waiting.add(new Waiting("m" + i, labels.get(random.nextInt(3))));
            }
            for (int i = random.nextInt(8); i > 0; i--) {
                free.add(new Free("h" + i, labels.get(random.nextInt(3))));
            }
            var assigned = Allocation.assign(waiting, free);
            assertEquals(assigned.size(), new HashSet<>(assigned.values()).size());
            for (Waiting machine : waiting) {
                for (Free host : free) {
                    boolean fits =
                            host.labels().entrySet().containsAll(machine.selector().entrySet());
                    boolean open =
                            !assigned.containsKey(machine.machine())
                                    && !assigned.containsValue(host.host());
                    assertTrue(!fits || !open, "seed " + seed + ": " + machine + " " + host);
                }
            }
        }
    }
}
