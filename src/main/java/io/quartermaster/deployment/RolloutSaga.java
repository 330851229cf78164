package io.quartermaster.deployment;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Effect.Send;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineDecider;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps as many machines as a deployment wants; one instance a deployment. */
public final class RolloutSaga implements Saga<RolloutSaga.State> {

    /**
     * What the instance remembers.
     *
     * @param left the plan and class that the last event replaced, empty when it replaced none
     * @param joined what it replaced them by
     */
    public record State(Rollout rollout, List<StreamId> left, List<StreamId> joined) {}

    /** The deployment that a machine belongs to, by the machine's id. */
    public static String deploymentOf(String machine) {
        return Rollout.deploymentOf(machine);
    }

    @Override
    public String name() {
        return "rollout.v1";
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(DeploymentEvent.class, MachineEvent.class);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> envelope) {
        String key = envelope.stream().key();
        return switch (envelope.event()) {
            case DeploymentEvent event -> Optional.of(key);
            case MachineEvent event
                    when status(event).isPresent() || event instanceof MachineEvent.Released ->
                    Optional.of(Rollout.deploymentOf(key));
            default -> Optional.empty();
        };
    }

    private static Optional<Rollout.Status> status(MachineEvent event) {
        return switch (event) {
            case MachineEvent.RunRequested requested -> Optional.of(Rollout.Status.PENDING);
            case MachineEvent.BecameReady ready -> Optional.of(Rollout.Status.READY);
            case MachineEvent.Failed failed -> Optional.of(Rollout.Status.FAILED);
            case MachineEvent.ReleaseStarted started -> Optional.of(Rollout.Status.LEAVING);
            case MachineEvent.Requested ignored -> Optional.empty();
            case MachineEvent.Allocated ignored -> Optional.empty();
            case MachineEvent.HostDeclined ignored -> Optional.empty();
            case MachineEvent.SpecChanged ignored -> Optional.empty();
            case MachineEvent.RunClaimed ignored -> Optional.empty();
            case MachineEvent.StepsSent ignored -> Optional.empty();
            case MachineEvent.StepFinished ignored -> Optional.empty();
            case MachineEvent.RunWaiting ignored -> Optional.empty();
            case MachineEvent.CancelRequested ignored -> Optional.empty();
            case MachineEvent.RunCompleted ignored -> Optional.empty();
            case MachineEvent.Released ignored -> Optional.empty();
        };
    }

    @Override
    public State initial() {
        return new State(Rollout.NONE, List.of(), List.of());
    }

    @Override
    public State evolve(State state, Envelope<?> envelope) {
        Rollout rollout = state.rollout();
        String key = envelope.stream().key();
        return switch (envelope.event()) {
            case DeploymentEvent event -> {
                Rollout next = onDeployment(rollout, event, envelope.position()).planned(key);
                yield new State(next, only(rollout, next), only(next, rollout));
            }
            case MachineEvent event -> {
                Rollout next =
                        status(event)
                                .map(status -> rollout.with(key, status))
                                .orElseGet(() -> rollout.without(key));
                yield new State(next.planned(Rollout.deploymentOf(key)), List.of(), List.of());
            }
            default -> state;
        };
    }

    private static Rollout onDeployment(Rollout rollout, DeploymentEvent event, long position) {
        return switch (event) {
            case DeploymentEvent.Created created ->
                    new Rollout(
                            position,
                            created.spec(),
                            0,
                            false,
                            rollout.members(),
                            0,
                            Rollout.Todo.NOTHING);
            case DeploymentEvent.Changed changed ->
                    rollout.wanting(
                            changed.spec(),
                            samePlan(rollout.spec(), changed.spec()) ? rollout.revision() : 0);
            case DeploymentEvent.Scaled scaled ->
                    rollout.spec() == null
                            ? rollout.settled()
                            : rollout.wanting(
                                    rollout.spec().scaledTo(scaled.replicas()), rollout.revision());
            case DeploymentEvent.RevisionAdopted adopted ->
                    rollout.spec() == null
                            ? rollout.settled()
                            : rollout.wanting(rollout.spec(), adopted.revision());
            case DeploymentEvent.Restarted restarted -> rollout.restarting();
            case DeploymentEvent.DeleteRequested requested -> rollout.ending();
            case DeploymentEvent.Deleted deleted -> Rollout.NONE;
        };
    }

    private static boolean samePlan(@Nullable DeploymentSpec before, DeploymentSpec after) {
        return before != null && before.template().plan().equals(after.template().plan());
    }

    /** The plan and class that one of the two uses and the other does not. */
    private static List<StreamId> only(Rollout one, Rollout other) {
        if (one.spec() == null || other.spec() == null) {
            return List.of();
        }
        List<StreamId> mine = new ArrayList<>(uses(one.spec()));
        mine.removeAll(uses(other.spec()));
        return mine;
    }

    private static List<StreamId> uses(DeploymentSpec spec) {
        return List.of(
                new StreamId(PlanDecider.STREAM, spec.template().plan()),
                new StreamId(MachineClass.STREAM, spec.template().machineClass()));
    }

    @Override
    public List<Effect> react(State state, Envelope<?> envelope) {
        String deployment =
                envelope.event() instanceof DeploymentEvent
                        ? envelope.stream().key()
                        : Rollout.deploymentOf(envelope.stream().key());
        Rollout rollout = state.rollout();
        List<Effect> effects = new ArrayList<>();
        for (String id : rollout.todo().request()) {
            effects.add(toMachine(id, new MachineCommand.Request(rollout.machineSpec(deployment))));
        }
        for (String id : rollout.todo().update()) {
            effects.add(toMachine(id, new MachineCommand.Update(rollout.machineSpec(deployment))));
        }
        for (String id : rollout.todo().release()) {
            String reason = rollout.deleting() ? "deployment deleted" : "deployment scaled down";
            // Nobody wants it any more from then on, however late this is sent.
            effects.add(
                    new Send(
                            new StreamId(MachineDecider.STREAM, id),
                            new MachineCommand.Release(reason),
                            envelope.effectiveAt()));
        }
        state.left().forEach(stream -> effects.add(unsubscribe(stream, deployment)));
        // Said again after what it left: who returns to an old plan has only now left it.
        state.joined().forEach(stream -> effects.add(subscribe(stream, deployment)));
        if (rollout.todo().end() && rollout.spec() != null) {
            // The name is free only after tenant, plan and class know that this user is gone.
            giveBack(rollout.spec().tenant(), deployment).ifPresent(effects::add);
            uses(rollout.spec()).forEach(stream -> effects.add(unsubscribe(stream, deployment)));
            effects.add(
                    new Send(
                            new StreamId(DeploymentDecider.STREAM, deployment),
                            new DeploymentCommand.ConfirmDeleted()));
        }
        return effects;
    }

    private static Optional<Effect> giveBack(String tenant, String deployment) {
        if (tenant.isEmpty()) {
            return Optional.empty();
        }
        String holder = new StreamId(DeploymentDecider.STREAM, deployment).toString();
        return Optional.of(
                new Send(
                        new StreamId(Tenant.STREAM, tenant),
                        new Tenant.Command.Count(Tenant.Quota.MACHINES, holder, 0)));
    }

    private static Effect toMachine(String id, MachineCommand command) {
        return new Send(new StreamId(MachineDecider.STREAM, id), command);
    }

    private static Effect subscribe(StreamId stream, String deployment) {
        Object command =
                stream.type().equals(PlanDecider.STREAM)
                        ? new PlanCommand.Subscribe(deployment)
                        : new MachineClass.Command.Subscribe(deployment);
        return new Send(stream, command);
    }

    private static Effect unsubscribe(StreamId stream, String deployment) {
        Object command =
                stream.type().equals(PlanDecider.STREAM)
                        ? new PlanCommand.Unsubscribe(deployment)
                        : new MachineClass.Command.Unsubscribe(deployment);
        return new Send(stream, command);
    }
}
