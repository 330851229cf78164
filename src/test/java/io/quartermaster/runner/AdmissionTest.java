package io.quartermaster.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static RunnerSettings limits(int total, int perPool, int perBastion, int perTenant) {
        return new RunnerSettings(
                "r1", total, perPool, perBastion, perTenant, Duration.ZERO, Duration.ZERO);
    }

    private static DueRun run(String machine, String tenant, String pool, String bastion) {
        return new DueRun(machine, 1, tenant, pool, bastion);
    }

    private static List<String> admitted(
            List<DueRun> active, List<DueRun> due, RunnerSettings limits) {
        return Admission.admit(active, due, limits).stream().map(DueRun::machine).toList();
    }

    @Test
    void runs_are_admitted_in_the_order_in_which_they_wait() {
        var due = List.of(run("a", "t", "", ""), run("b", "t", "", ""), run("c", "t", "", ""));
        assertEquals(List.of("a", "b"), admitted(List.of(), due, limits(2, 9, 9, 9)));
    }

    @Test
    void runs_at_work_count_against_the_total() {
        var busy = List.of(run("x", "t", "", ""));
        var due = List.of(run("a", "t", "", ""), run("b", "t", "", ""));
        assertEquals(List.of("a"), admitted(busy, due, limits(2, 9, 9, 9)));
    }

    @Test
    void a_full_pool_does_not_hold_up_the_others() {
        var due = List.of(run("a", "t", "p", ""), run("b", "t", "p", ""), run("c", "t", "q", ""));
        assertEquals(List.of("a", "c"), admitted(List.of(), due, limits(9, 1, 9, 9)));
    }

    @Test
    void hosts_without_a_pool_share_no_limit() {
        var due = List.of(run("a", "t", "", ""), run("b", "t", "", ""));
        assertEquals(List.of("a", "b"), admitted(List.of(), due, limits(9, 1, 1, 9)));
    }

    @Test
    void a_bastion_carries_so_many_runs() {
        var due = List.of(run("a", "t", "", "j"), run("b", "t", "", "j"), run("c", "t", "", ""));
        assertEquals(List.of("a", "c"), admitted(List.of(), due, limits(9, 9, 1, 9)));
    }

    @Test
    void the_tenant_with_the_fewest_runs_comes_first() {
        var due =
                List.of(
                        run("a", "big", "", ""),
                        run("b", "big", "", ""),
                        run("c", "small", "", ""));
        assertEquals(List.of("a", "c"), admitted(List.of(), due, limits(2, 9, 9, 9)));
    }

    @Test
    void a_tenant_has_so_many_runs_at_the_same_time() {
        var due = List.of(run("a", "t", "", ""), run("b", "t", "", ""));
        assertEquals(List.of("a"), admitted(List.of(), due, limits(9, 9, 9, 1)));
    }

    @Test
    void no_limit_is_passed_and_nothing_waits_that_could_run() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            var limits =
                    limits(
                            1 + random.nextInt(6),
                            1 + random.nextInt(3),
                            1 + random.nextInt(3),
                            1 + random.nextInt(4));
            List<DueRun> due = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                due.add(
                        run(
                                "m" + i,
                                "t" + random.nextInt(3),
                                random.nextBoolean() ? "" : "p" + random.nextInt(2),
                                random.nextBoolean() ? "" : "j" + random.nextInt(2)));
            }
            List<DueRun> taken = Admission.admit(List.of(), due, limits);
            assertTrue(fits(taken, limits), "seed " + seed);
            for (DueRun run : due) {
                if (!taken.contains(run)) {
                    List<DueRun> more = new ArrayList<>(taken);
                    more.add(run);
                    assertTrue(!fits(more, limits), "seed " + seed + ": " + run + " could run");
                }
            }
        }
    }

    private static boolean fits(List<DueRun> runs, RunnerSettings limits) {
        return runs.size() <= limits.total()
                && within(runs.stream().map(DueRun::pool).toList(), limits.perPool())
                && within(runs.stream().map(DueRun::bastion).toList(), limits.perBastion())
                && within(runs.stream().map(DueRun::tenant).toList(), limits.perTenant());
    }

    private static boolean within(List<String> names, int limit) {
        Map<String, Integer> counts = new HashMap<>();
        names.stream()
                .filter(name -> !name.isEmpty())
                .forEach(n -> counts.merge(n, 1, Integer::sum));
        return counts.values().stream().allMatch(count -> count <= limit);
    }
}
