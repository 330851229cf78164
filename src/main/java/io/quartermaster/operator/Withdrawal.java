package io.quartermaster.operator;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.quartermaster.deployment.DeploymentCommand;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Ownership;
import io.quartermaster.deployment.PlanCommand;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.manifest.Kind;
import io.quartermaster.operator.CustomResources.Resource;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.view.Condition;
import io.quartermaster.volume.Volume;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeEvent.Ending;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Ends what a deleted custom resource stands for, and says when it is gone. */
final class Withdrawal {
    private final Submission submission;
    private final Dispatcher dispatcher;
    private final Aggregates aggregates;
    private final Function<String, List<String>> stuckMachines;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    /** How far it is. */
    sealed interface Progress {

        /** Nothing is left; the finalizer may go. */
        record Gone() implements Progress {}

        /** It is being released. */
        record Leaving() implements Progress {}

        /** A rule forbids it for now. */
        record Blocked(String reason, String message) implements Progress {}
    }

    /**
     * @param stuckMachines of a deployment, those whose release failed
     * @param ids gives each command its id
     */
    Withdrawal(
            Submission submission,
            Dispatcher dispatcher,
            Aggregates aggregates,
            Function<String, List<String>> stuckMachines,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.submission = submission;
        this.dispatcher = dispatcher;
        this.aggregates = aggregates;
        this.stuckMachines = stuckMachines;
        this.ids = ids;
        this.clock = clock;
    }

    /** Asks for the end of what the resource manages; to be called until it is gone. */
    Progress withdraw(Kind kind, Resource resource) {
        StreamId thing = kind.stream(resource.name());
        if (!submission.owns(kind, resource)) return new Progress.Gone();
        try {
            if (submission.isThere(kind, resource)) end(kind, resource, thing);
            if (isLeft(kind, resource, thing)) return new Progress.Leaving();
        } catch (Rejected rejected) {
            return new Progress.Blocked(
                    Condition.reason(rejected.code()), String.valueOf(rejected.getMessage()));
        }
        send(resource, Ownership.of(thing), new Ownership.Command.Yield(resource.uid()));
        return new Progress.Gone();
    }

    /** Of a closed tenant nothing is left when its things are released. */
    private boolean isLeft(Kind kind, Resource resource, StreamId thing) {
        Object state = aggregates.load(thing, Object.class).state();
        boolean holds =
                state instanceof Tenant tenant
                        && tenant.held(Tenant.Quota.MACHINES) + tenant.held(Tenant.Quota.STORAGE)
                                > 0;
        return holds || submission.isThere(kind, resource);
    }

    private void end(Kind kind, Resource resource, StreamId thing) {
        Optional<String> forced = forced(resource);
        String deleted = "custom resource deleted";
        switch (kind) {
            case TENANT -> send(resource, thing, closing(thing, forced));
            case HOST -> send(resource, thing, new HostCommand.Retire(deleted));
            case MACHINE_CLASS -> send(resource, thing, new MachineClass.Command.Delete());
            case PROVISIONING_PLAN -> send(resource, thing, new PlanCommand.Delete());
            case MACHINE_DEPLOYMENT -> {
                send(resource, thing, new DeploymentCommand.Delete());
                forced.ifPresent(reason -> giveUpMachines(resource, reason));
            }
            case VOLUME -> send(resource, thing, deletion(thing, forced));
        }
    }

    /** With a tenant all it has would end, so who deletes it must have ended that before. */
    private Tenant.Command closing(StreamId thing, Optional<String> forced) {
        Tenant tenant = aggregates.load(thing, Tenant.class).state();
        long machines = tenant.held(Tenant.Quota.MACHINES);
        long bytes = tenant.held(Tenant.Quota.STORAGE);
        if (forced.isEmpty() && (machines > 0 || bytes > 0)) {
            throw new Rejected(
                    "tenant-in-use",
                    ("the tenant has %d machines and %d bytes of storage, which would end with it;"
                                    + " delete them first, or annotate it with %s=REASON")
                            .formatted(machines, bytes, CustomResources.FORCE));
        }
        return new Tenant.Command.Close(forced.orElse("custom resource deleted"));
    }

    private VolumeCommand deletion(StreamId thing, Optional<String> forced) {
        Volume volume = aggregates.load(thing, Volume.class).state();
        if (volume instanceof Volume.Live live && live.reported()) {
            return new VolumeCommand.ReportDeleted(clock.instant(), 0);
        }
        return forced.<VolumeCommand>map(
                        reason -> new VolumeCommand.ForceDelete(reason, clock.instant()))
                .orElseGet(
                        () ->
                                new VolumeCommand.Delete(
                                        Ending.USER, "custom resource deleted", clock.instant()));
    }

    private void giveUpMachines(Resource resource, String reason) {
        for (String machine : stuckMachines.apply(resource.name())) {
            send(
                    resource,
                    new StreamId(MachineDecider.STREAM, machine),
                    new MachineCommand.ForceRelease(reason));
        }
    }

    /** The annotation's text with who wrote it, as far as the API server says. */
    static Optional<String> forced(Resource resource) {
        return Optional.ofNullable(resource.annotation(CustomResources.FORCE))
                .map(reason -> "forced by " + annotator(resource) + ": " + reason);
    }

    private static String annotator(Resource resource) {
        return resource.getMetadata().getManagedFields().stream()
                .filter(
                        entry ->
                                String.valueOf(entry.getFieldsV1()).contains(CustomResources.FORCE))
                .map(ManagedFieldsEntry::getManager)
                .findFirst()
                .orElse("an unknown client");
    }

    private void send(Resource resource, StreamId stream, Object command) {
        dispatcher.send(
                new Order(stream, "", command), Ask.by(Submission.actor(resource), ids.get()));
    }
}
