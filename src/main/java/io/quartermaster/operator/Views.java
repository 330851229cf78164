package io.quartermaster.operator;

import io.quartermaster.machine.MachineSpec;
import io.quartermaster.manifest.Kind;
import io.quartermaster.view.CaughtUp;
import io.quartermaster.view.deployment.Classes;
import io.quartermaster.view.deployment.DeploymentRow;
import io.quartermaster.view.deployment.Deployments;
import io.quartermaster.view.deployment.Plans;
import io.quartermaster.view.host.Hosts;
import io.quartermaster.view.machine.MachineRow;
import io.quartermaster.view.machine.Machines;
import io.quartermaster.view.tenant.Tenants;
import io.quartermaster.view.volume.Volumes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the operator reads. */
public final class Views {
    private final Catalogue catalogue;
    private final Fleet fleet;
    private final CaughtUp caughtUp;

    /** What is declared and stays on this side. */
    public record Catalogue(Tenants tenants, Classes classes, Plans plans, Volumes volumes) {}

    /** What works. */
    public record Fleet(Hosts hosts, Deployments deployments, Machines machines) {}

    public Views(Catalogue catalogue, Fleet fleet, CaughtUp caughtUp) {
        this.catalogue = catalogue;
        this.fleet = fleet;
        this.caughtUp = caughtUp;
    }

    /** Waits until all of them have passed a position; false when that takes too long. */
    boolean await(long position) throws InterruptedException {
        return caughtUp.await(position, Duration.ofSeconds(5));
    }

    /** What there is of that kind and name. */
    Seen look(Kind kind, String name) {
        return switch (kind) {
            case TENANT -> catalogue.tenants().get(name).map(Statuses::of).orElse(Seen.NOTHING);
            case MACHINE_CLASS ->
                    catalogue.classes().get(name).map(Statuses::of).orElse(Seen.NOTHING);
            case PROVISIONING_PLAN ->
                    catalogue.plans().get(name).map(Statuses::of).orElse(Seen.NOTHING);
            case VOLUME -> catalogue.volumes().get(name).map(Statuses::of).orElse(Seen.NOTHING);
            case HOST -> fleet.hosts().get(name).map(Statuses::of).orElse(Seen.NOTHING);
            case MACHINE_DEPLOYMENT ->
                    fleet.deployments().get(name).map(Statuses::of).orElse(Seen.NOTHING);
        };
    }

    /** One machine, also a released one. */
    Optional<MachineRow> machine(String id) {
        return fleet.machines().get(id);
    }

    /** Where the machine can be reached, absent while it has no host. */
    Optional<String> address(MachineRow machine) {
        return Optional.ofNullable(machine.host())
                .flatMap(fleet.hosts()::get)
                .map(host -> host.spec().address());
    }

    /** What the machine lacks of what its deployment wants it to be, empty when nothing. */
    Optional<String> outdated(MachineRow machine) {
        return fleet.deployments()
                .get(machine.spec().deployment())
                .filter(deployment -> !deployment.deleting())
                .flatMap(deployment -> outdated(machine.spec(), deployment));
    }

    private static Optional<String> outdated(MachineSpec is, DeploymentRow wanted) {
        var template = wanted.spec().template();
        if (!is.plan().equals(template.plan()) || is.revision() != wanted.revision()) {
            return Optional.of(
                    "it has revision %d of plan %s, and %d of %s is wanted"
                            .formatted(
                                    is.revision(), is.plan(), wanted.revision(), template.plan()));
        }
        boolean same =
                is.machineClass().equals(template.machineClass())
                        && is.parameters().equals(template.parameters())
                        && is.labels().equals(template.labels());
        return same
                ? Optional.empty()
                : Optional.of("its class, parameters or labels are not those of the template");
    }

    /** The machines of a deployment that are not released. */
    List<MachineRow> machinesOf(String deployment) {
        return fleet.machines().allOf(deployment);
    }

    /** Of these, those whose release does not get on by itself. */
    public List<String> stuckMachinesOf(String deployment) {
        return fleet.machines().stuckOf(deployment);
    }
}
