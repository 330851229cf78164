package io.quartermaster.deployment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which waiting machine gets which free host; a pure function, first come first served. */
public final class Allocation {

    /** A machine that waits for a host with all the labels of its class's selector. */
    public record Waiting(String machine, Map<String, String> selector) {}

    /** A host that could take a machine. */
    public record Free(String host, Map<String, String> labels) {}

    private Allocation() {}

    /**
     * Gives each waiting machine, in the order given, the first free host that fits.
     *
     * @return host by machine; machines that find none are left out
     */
    public static Map<String, String> assign(List<Waiting> waiting, List<Free> free) {
        Map<Map<String, String>, List<Free>> fitting = new LinkedHashMap<>();
        Map<Map<String, String>, Integer> next = new LinkedHashMap<>();
        Set<String> taken = new TreeSet<>();
        Map<String, String> assigned = new LinkedHashMap<>();
        for (Waiting machine : waiting) {
            List<Free> hosts =
                    fitting.computeIfAbsent(
                            machine.selector(), selector -> fitting(selector, free));
            int at = next.getOrDefault(machine.selector(), 0);
            while (at < hosts.size() && taken.contains(hosts.get(at).host())) {
                at++;
            }
            if (at < hosts.size()) {
                taken.add(hosts.get(at).host());
                assigned.put(machine.machine(), hosts.get(at).host());
            }
            next.put(machine.selector(), at);
        }
        return assigned;
    }

    private static List<Free> fitting(Map<String, String> selector, List<Free> free) {
        List<Free> fitting = new ArrayList<>();
        for (Free host : free) {
            if (host.labels().entrySet().containsAll(selector.entrySet())) {
                fitting.add(host);
            }
        }
        return fitting;
    }
}
