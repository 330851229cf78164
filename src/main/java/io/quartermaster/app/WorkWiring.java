package io.quartermaster.app;

import io.quartermaster.billing.audit.Audit.Finding;
import io.quartermaster.deployment.Allocation.Free;
import io.quartermaster.deployment.Allocation.Waiting;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.rest.request.CaughtUp;
import io.quartermaster.runner.Inspector;
import io.quartermaster.schedule.AllocationPass;
import io.quartermaster.schedule.ConservationPass;
import io.quartermaster.schedule.InspectionPass;
import io.quartermaster.schedule.InventoryPass;
import io.quartermaster.schedule.InvoicingPass;
import io.quartermaster.ssh.AllowedDirectories;
import io.quartermaster.ssh.SshExecutor;
import io.quartermaster.ssh.SshSettings;
import io.quartermaster.step.Failure;
import io.quartermaster.step.StepExecutor;
import io.quartermaster.view.host.Hosts;
import io.quartermaster.view.host.Inspections;
import io.quartermaster.view.ledger.Conservation;
import io.quartermaster.view.ledger.Invoices;
import io.quartermaster.view.machine.Machines;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Makes the executor and the scheduled passes. */
final class WorkWiring {

    private static final int PER_CLASS = 500;
    private static final Duration SETTLE = Duration.ofSeconds(30);

    @Produces
    @Singleton
    InventoryPass inventory(Settings settings, Hosts hosts, Dispatcher dispatcher) {
        return new InventoryPass(
                settings.inventory().orElse(List.of()),
                settings.user(),
                hosts::from,
                dispatcher,
                UUID::randomUUID);
    }

    @Produces
    @Singleton
    SecretSources secrets(Settings settings, InventoryPass inventory) {
        return new SecretSources(
                inventory::secret, settings.data().resolve("secrets"), System.getenv());
    }

    @Produces
    @Singleton
    AllowedDirectories directories(Settings settings) {
        return new AllowedDirectories(keyDirectories(settings));
    }

    /** Not the executor that others are given, so only under its own name. */
    @Produces
    @Singleton
    @Typed(SshExecutor.class)
    SshExecutor hosts(AllowedDirectories directories, SecretSources secrets) {
        String agent = System.getenv("SSH_AUTH_SOCK");
        return new SshExecutor(
                SshSettings.DEFAULTS, secrets, directories, agent == null ? null : Path.of(agent));
    }

    /** Where files are read from that manifests and inventories name. */
    private static List<Path> keyDirectories(Settings settings) {
        if (settings.keyDirs().isPresent()) {
            return settings.keyDirs().get().stream().map(Path::toAbsolutePath).toList();
        }
        List<Path> directories = new ArrayList<>();
        directories.add(settings.data().resolve("keys").toAbsolutePath());
        for (Path source : settings.inventory().orElse(List.of())) {
            Path absolute = source.toAbsolutePath();
            directories.add(
                    Files.isDirectory(absolute)
                            ? absolute
                            : Objects.requireNonNull(absolute.getParent()));
        }
        return directories;
    }

    @Produces
    @Singleton
    AllocationPass allocation(Machines machines, Hosts hosts, Dispatcher dispatcher) {
        var demand =
                new AllocationPass.Demand() {
                    @Override
                    public List<Waiting> waiting() {
                        return machines.waiting(PER_CLASS);
                    }

                    @Override
                    public List<Free> free() {
                        return hosts.free(PER_CLASS);
                    }
                };
        return new AllocationPass(demand, dispatcher, UUID::randomUUID);
    }

    @Produces
    @Singleton
    InvoicingPass invoicing(Invoices invoices, Dispatcher dispatcher) {
        return new InvoicingPass(invoices::unissued, dispatcher, UUID::randomUUID);
    }

    @Produces
    @Singleton
    ConservationPass conservation(
            Conservation conservation, Dispatcher dispatcher, EventLog log, CaughtUp views) {
        var sides =
                new ConservationPass.Sides() {
                    @Override
                    public List<Finding> differences() {
                        return conservation.differences();
                    }

                    @Override
                    public void settle() throws InterruptedException {
                        views.await(log.head(), SETTLE);
                    }
                };
        return new ConservationPass(sides, dispatcher, UUID::randomUUID);
    }

    @Produces
    @Singleton
    InspectionPass inspection(
            Settings settings, Inspections inspections, Inspector inspector, InstantSource clock) {
        var rounds =
                new InspectionPass.Rounds() {
                    @Override
                    public List<String> due(int limit) {
                        return inspections.due(
                                clock.instant().minus(settings.inspectEvery()), limit);
                    }

                    @Override
                    public void looked(String host, Optional<Failure> failure) {
                        inspections.attempted(host, clock.instant(), failure.orElse(null));
                    }
                };
        return new InspectionPass(rounds, inspector);
    }

    @Produces
    @Singleton
    Inspector inspector(Aggregates aggregates, Dispatcher dispatcher, StepExecutor executor) {
        return new Inspector(aggregates, dispatcher, executor, UUID::randomUUID);
    }
}
