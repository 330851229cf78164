package io.quartermaster.deployment;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Effect.Send;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells the deployments that use a plan of each new revision; one instance a plan. */
public final class PlanAdoption implements Saga<PlanAdoption.Users> {

    /** The deployments that use the plan. */
    public record Users(Set<String> deployments) {}

    @Override
    public String name() {
        return "plan-adoption.v1";
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(PlanEvent.class);
    }

    @Override
    public Class<Users> stateType() {
        return Users.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> envelope) {
        return Optional.of(envelope.stream().key());
    }

    @Override
    public Users initial() {
        return new Users(Set.of());
    }

    @Override
    public Users evolve(Users users, Envelope<?> envelope) {
        Set<String> next = new TreeSet<>(users.deployments());
        switch (envelope.event()) {
            case PlanEvent.Subscribed subscribed -> next.add(subscribed.deployment());
            case PlanEvent.Unsubscribed unsubscribed -> next.remove(unsubscribed.deployment());
            default -> {
                return users;
            }
        }
        return new Users(next);
    }

    @Override
    public List<Effect> react(Users users, Envelope<?> envelope) {
        String plan = envelope.stream().key();
        return switch (envelope.event()) {
            case PlanEvent.Revised revised ->
                    users.deployments().stream()
                            .<Effect>map(deployment -> adopt(deployment, plan, revised.revision()))
                            .toList();
            case PlanEvent.Subscribed subscribed ->
                    List.of(adopt(subscribed.deployment(), plan, subscribed.revision()));
            default -> List.of();
        };
    }

    private static Effect adopt(String deployment, String plan, int revision) {
        return new Send(
                new StreamId(DeploymentDecider.STREAM, deployment),
                new DeploymentCommand.AdoptRevision(plan, revision));
    }
}
