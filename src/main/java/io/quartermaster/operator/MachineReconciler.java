package io.quartermaster.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.quartermaster.deployment.RolloutSaga;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.Rejected;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.operator.CustomResources.Machine;
import io.quartermaster.operator.StatusDocument.Standing;
import io.quartermaster.view.Condition;
import io.quartermaster.view.machine.MachineRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Shows machines in the objects that stand for them; who deletes one gives the machine up. */
final class MachineReconciler implements Reconciler<Machine>, Cleaner<Machine> {
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Dispatcher dispatcher;
    private final Supplier<UUID> ids;
    private final DeclaredReconciler.Tools tools;
    private final Triggers<Machine> triggers;
    private final KubernetesClient client;

    /**
     * @param ids gives each command its id
     * @param changedDeployment lets a deployment be looked at again
     */
    MachineReconciler(
            Dispatcher dispatcher,
            Supplier<UUID> ids,
            DeclaredReconciler.Tools tools,
            Consumer<String> changedDeployment,
            KubernetesClient client) {
        this.dispatcher = dispatcher;
        this.ids = ids;
        this.tools = tools;
        this.triggers =
                new Triggers<>(
                        "machine-changes",
                        object -> {
                            tools.writer().forget(object);
                            tools.machines().forget(object.name());
                            // It may have gone before its machine has.
                            changedDeployment.accept(RolloutSaga.deploymentOf(object.name()));
                        });
        this.client = client;
    }

    /** To let it look again. */
    Triggers<Machine> triggers() {
        return triggers;
    }

    @Override
    public List<EventSource<?, Machine>> prepareEventSources(EventSourceContext<Machine> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<Machine> reconcile(Machine object, Context<Machine> context) {
        triggers.know(object);
        var row = shown(object);
        if (row.isEmpty()) {
            // Its finalizer goes when the deletion comes back.
            client.resource(object).delete();
            return UpdateControl.noUpdate();
        }
        tools.machines().found(object);
        write(object, row.get(), new Standing.InForce());
        return row.get().phase().equals("requested")
                ? UpdateControl.<Machine>noUpdate().rescheduleAfter(LATER)
                : UpdateControl.noUpdate();
    }

    /**
     * The machine that the object stands for, absent when it is released, or when somebody else has
     * written the object: who may do that must not get at machines of other namespaces.
     */
    private Optional<MachineRow> shown(Machine object) {
        return tools.views()
                .machine(object.name())
                .filter(machine -> !machine.phase().equals("released"))
                .filter(
                        machine ->
                                tools.submission()
                                        .isOwnedFrom(
                                                object.namespace(), machine.spec().deployment()));
    }

    private void write(Machine object, MachineRow row, Standing standing) {
        var status =
                tools.conditions()
                        .ofMachine()
                        .write(
                                Statuses.of(
                                        row,
                                        tools.views().address(row),
                                        tools.views().outdated(row)),
                                standing,
                                object.generation(),
                                tools.writer().current(object));
        tools.writer().write(object, new Machine(), status);
    }

    @Override
    public DeleteControl cleanup(Machine object, Context<Machine> context) {
        triggers.know(object);
        var row = shown(object);
        if (row.isEmpty()) return DeleteControl.defaultDelete();
        write(object, row.get(), release(object, row.get()));
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(LATER.toMillis());
    }

    private Standing release(Machine object, MachineRow row) {
        try {
            if (row.releaseReason() == null) {
                send(object, new MachineCommand.Release("Machine object deleted"));
            }
            if (tools.views().stuckMachinesOf(row.spec().deployment()).contains(row.id())) {
                Withdrawal.forced(object)
                        .ifPresent(why -> send(object, new MachineCommand.ForceRelease(why)));
            }
            return new Standing.Deleting("Deleting", "the machine is being released");
        } catch (Rejected rejected) {
            return new Standing.Deleting(
                    Condition.reason(rejected.code()), String.valueOf(rejected.getMessage()));
        }
    }

    private void send(Machine object, MachineCommand command) {
        var stream = new StreamId(MachineDecider.STREAM, object.name());
        dispatcher.send(
                new Order(stream, "", command), Ask.by(Submission.actor(object), ids.get()));
    }
}
