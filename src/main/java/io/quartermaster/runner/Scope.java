package io.quartermaster.runner;

import io.quartermaster.deployment.PlanSpec;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.step.Facts;
import java.util.HashMap;
import java.util.Map;

/**
 * The names that templates may use: a plan's parameters by their own names, and {@code machine},
 * {@code host} and {@code facts}. Plain maps only, so that no template reaches a method.
 */
final class Scope {

    private Scope() {}

    static Map<String, Object> of(
            String machine, MachineSpec spec, PlanSpec plan, String hostName, Host host) {
        Map<String, Object> scope = new HashMap<>();
        plan.parameters()
                .forEach(
                        (parameter, declared) -> {
                            if (declared.defaultValue() != null) {
                                scope.put(parameter, declared.defaultValue());
                            }
                        });
        scope.putAll(spec.parameters());
        scope.put("machine", machine(machine, spec));
        if (host instanceof Host.Live live) {
            scope.put("host", host(hostName, live));
            if (live.facts() != null) {
                scope.put("facts", facts(live.facts()));
            }
        }
        return scope;
    }

    private static Map<String, Object> machine(String machine, MachineSpec spec) {
        return Map.of(
                "name", machine,
                "id", machine,
                "deployment", spec.deployment(),
                "tenant", spec.tenant(),
                "class", spec.machineClass(),
                "plan", spec.plan(),
                "revision", spec.revision(),
                "labels", spec.labels());
    }

    private static Map<String, Object> host(String name, Host.Live host) {
        return Map.of(
                "name", name,
                "address", host.spec().address(),
                "labels", host.spec().labels(),
                "vars", host.spec().variables());
    }

    private static Map<String, Object> facts(Facts facts) {
        return Map.ofEntries(
                Map.entry("hostname", facts.hostname()),
                Map.entry("os", facts.os()),
                Map.entry("osVersion", facts.osVersion()),
                Map.entry("kernel", facts.kernel()),
                Map.entry("arch", facts.arch()),
                Map.entry("cpus", facts.cpus()),
                Map.entry("memoryBytes", facts.memoryBytes()),
                Map.entry("diskBytes", facts.diskBytes()),
                Map.entry("addresses", facts.addresses()),
                Map.entry("packageManager", facts.packageManager()),
                Map.entry("initSystem", facts.initSystem()));
    }
}
