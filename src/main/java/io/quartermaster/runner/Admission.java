package io.quartermaster.runner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the due runs may start now: within every limit, and the tenant with the fewest runs
 * first.
 */
final class Admission {

    private Admission() {}

    static List<DueRun> admit(List<DueRun> active, List<DueRun> due, RunnerSettings limits) {
        Map<String, Integer> pools = new HashMap<>();
        Map<String, Integer> bastions = new HashMap<>();
        Map<String, Integer> tenants = new HashMap<>();
        active.forEach(run -> count(run, pools, bastions, tenants));
        List<DueRun> open = new ArrayList<>(due);
        List<DueRun> admitted = new ArrayList<>();
        while (active.size() + admitted.size() < limits.total()) {
            DueRun best = null;
            for (DueRun run : open) {
                boolean fits =
                        fits(pools, run.pool(), limits.perPool())
                                && fits(bastions, run.bastion(), limits.perBastion())
                                && tenants.getOrDefault(run.tenant(), 0) < limits.perTenant();
                if (fits && (best == null || fewer(tenants, run, best))) {
                    best = run;
                }
            }
            if (best == null) {
                return admitted;
            }
            open.remove(best);
            admitted.add(best);
            count(best, pools, bastions, tenants);
        }
        return admitted;
    }

    private static boolean fewer(Map<String, Integer> tenants, DueRun run, DueRun best) {
        return tenants.getOrDefault(run.tenant(), 0) < tenants.getOrDefault(best.tenant(), 0);
    }

    private static boolean fits(Map<String, Integer> counts, String name, int limit) {
        return name.isEmpty() || counts.getOrDefault(name, 0) < limit;
    }

    private static void count(
            DueRun run,
            Map<String, Integer> pools,
            Map<String, Integer> bastions,
            Map<String, Integer> tenants) {
        pools.merge(run.pool(), 1, Integer::sum);
        bastions.merge(run.bastion(), 1, Integer::sum);
        tenants.merge(run.tenant(), 1, Integer::sum);
    }
}
