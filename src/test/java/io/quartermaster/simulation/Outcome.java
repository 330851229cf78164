package io.quartermaster.simulation;

import io.quartermaster.deployment.Allocation;
import io.quartermaster.deployment.Deployment;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.Machine;
import io.quartermaster.machine.RunKind;
import java.util.List;
import java.util.Map;

/** What must hold when the world has come to rest. */
final class Outcome {

    private final World world;
    private final Invariants invariants;
    private final Map<String, Machine.Live> machines;
    private final Map<String, Host.Live> hosts;

    Outcome(World world, Invariants invariants) {
        this.world = world;
        this.invariants = invariants;
        this.machines = invariants.truth().machines();
        this.hosts = invariants.truth().hosts();
    }

    void check() {
        machines.forEach(this::machine);
        hosts.forEach(this::host);
        invariants.truth().deployments().forEach(this::deployment);
        require(
                world.subscriptions.parked().isEmpty(),
                "no saga is stuck",
                world.subscriptions.parked());
    }

    private void require(boolean holds, String invariant, Object found) {
        invariants.require(holds, "at rest: " + invariant, found);
    }

    private void machine(String id, Machine.Live machine) {
        String what = id + " " + machine;
        switch (machine.phase()) {
            case Machine.Phase.Ready ready -> {}
            case Machine.Phase.Failed failed -> {
                require(failed.retryAt() == null, "what can be retried was retried", what);
                boolean hopeless = failed.failure().code().equals("hopeless");
                require(hopeless, "only what is hopeless stays failed", what);
            }
            case Machine.Phase.Requested requested -> {
                boolean possible =
                        invariants.truth().waiting().stream()
                                .filter(waiting -> waiting.machine().equals(id))
                                .anyMatch(this::finds);
                require(!possible, "a machine gets a host that fits", what);
            }
            case Machine.Phase.Working working ->
                    require(
                            false,
                            "every machine is ready, failed with a reason, or released",
                            what);
        }
        if (machine.host() != null) {
            var on = hosts.get(machine.host()).occupancy().machine();
            require(on.filter(id::equals).isPresent(), "a machine has its host", what);
        }
    }

    private boolean finds(Allocation.Waiting waiting) {
        return invariants.truth().free().stream()
                .anyMatch(
                        host ->
                                host.labels()
                                        .entrySet()
                                        .containsAll(waiting.selector().entrySet()));
    }

    private void host(String name, Host.Live host) {
        String what = name + " " + host;
        switch (host.occupancy()) {
            case Host.Occupancy.Vacant vacant -> {}
            case Host.Occupancy.Reserved reserved ->
                    require(false, "no host is kept for nobody", what);
            case Host.Occupancy.InUse(String by) -> {
                Machine.Live machine = machines.get(by);
                boolean there = machine != null && name.equals(machine.host());
                require(there && !isGoing(machine), "a host is used by its machine", what);
            }
            case Host.Occupancy.Cleaning(String by) -> {
                Machine.Live machine = machines.get(by);
                require(machine != null && isGoing(machine), "cleaning ends", what);
            }
        }
    }

    private static boolean isGoing(Machine.Live machine) {
        return machine.phase() instanceof Machine.Phase.Failed failed
                && failed.kind() == RunKind.CLEAN;
    }

    private List<Machine.Live> staying(String deployment) {
        return machines.values().stream()
                .filter(machine -> machine.spec().deployment().equals(deployment))
                .filter(machine -> !isGoing(machine))
                .toList();
    }

    private void deployment(String name, Deployment deployment) {
        int present = staying(name).size();
        String what = name + " " + deployment + " has " + present;
        switch (deployment) {
            case Deployment.None none -> require(present == 0, "a deleted one has none", what);
            case Deployment.Live live -> {
                require(live.revision() > 0, "a deployment knows its plan's revision", what);
                int wanted = live.spec().replicas();
                require(present == wanted, "a deployment has as many as it wants", what);
                used(name, live);
            }
            case Deployment.Deleting deleting -> {
                boolean stuck =
                        machines.values().stream()
                                .anyMatch(machine -> machine.spec().deployment().equals(name));
                require(stuck && present == 0, "a deletion ends with the last machine", what);
            }
        }
    }

    private void used(String name, Deployment.Live live) {
        var plan = invariants.truth().plans().get(live.spec().template().plan());
        require(plan.users().contains(name), "a plan knows its users", name + " " + plan.users());
        require(
                plan.revision() == live.revision(),
                "a deployment has its plan's newest revision",
                name + " " + live + " " + plan.revision());
        var of = invariants.truth().classes().get(live.spec().template().machineClass());
        require(of.users().contains(name), "a class knows its users", name + " " + of.users());
        invariants
                .truth()
                .plans()
                .forEach(
                        (other, each) ->
                                require(
                                        other.equals(live.spec().template().plan())
                                                || !each.users().contains(name),
                                        "a deployment uses one plan",
                                        name + " uses " + other));
    }
}
