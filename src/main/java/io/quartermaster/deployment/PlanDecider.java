package io.quartermaster.deployment;

import io.quartermaster.es.Decider;
import io.quartermaster.es.Rejected;
import java.util.List;
import java.util.Set;

/** The rules of a provisioning plan: revisions are only added, and a plan that is used stays. */
public final class PlanDecider implements Decider<PlanCommand, Plan, PlanEvent> {

    /** The type of a plan's stream; its key is the plan's name. */
    public static final String STREAM = "plan";

    @Override
    public String streamType() {
        return STREAM;
    }

    @Override
    public Class<PlanCommand> commands() {
        return PlanCommand.class;
    }

    @Override
    public Class<PlanEvent> events() {
        return PlanEvent.class;
    }

    @Override
    public Plan initial() {
        return new Plan.None();
    }

    @Override
    public List<PlanEvent> decide(PlanCommand command, Plan state) {
        return switch (command) {
            case PlanCommand.Revise revise -> revise(revise.spec(), state);
            case PlanCommand.Delete delete -> delete(state);
            case PlanCommand.Subscribe subscribe -> subscribe(subscribe.deployment(), state);
            case PlanCommand.Unsubscribe unsubscribe ->
                    state instanceof Plan.Live live
                                    && live.users().contains(unsubscribe.deployment())
                            ? List.of(new PlanEvent.Unsubscribed(unsubscribe.deployment()))
                            : List.of();
        };
    }

    private static List<PlanEvent> revise(PlanSpec spec, Plan state) {
        return switch (state) {
            case Plan.None none -> List.of(new PlanEvent.Revised(1, spec));
            case Plan.Deleted deleted ->
                    List.of(new PlanEvent.Revised(deleted.revision() + 1, spec));
            case Plan.Live live ->
                    live.spec().equals(spec)
                            ? List.of()
                            : List.of(new PlanEvent.Revised(live.revision() + 1, spec));
        };
    }

    private static List<PlanEvent> delete(Plan state) {
        if (!(state instanceof Plan.Live live)) {
            return List.of();
        }
        if (!live.users().isEmpty()) {
            throw new Rejected(
                    "plan-in-use",
                    "the plan is used by "
                            + String.join(", ", live.users())
                            + "; delete these deployments or give them another plan first");
        }
        return List.of(new PlanEvent.Deleted());
    }

    private static List<PlanEvent> subscribe(String deployment, Plan state) {
        if (!(state instanceof Plan.Live live)) {
            throw new Rejected("plan-unknown", "there is no such plan; apply it first");
        }
        return live.users().contains(deployment)
                ? List.of()
                : List.of(new PlanEvent.Subscribed(deployment, live.revision()));
    }

    @Override
    public Plan evolve(Plan state, PlanEvent event) {
        return switch (event) {
            case PlanEvent.Revised revised ->
                    state instanceof Plan.Live live
                            ? live.revised(revised.revision(), revised.spec())
                            : new Plan.Live(revised.revision(), revised.spec(), Set.of());
            case PlanEvent.Subscribed subscribed ->
                    state instanceof Plan.Live live ? live.with(subscribed.deployment()) : state;
            case PlanEvent.Unsubscribed unsubscribed ->
                    state instanceof Plan.Live live
                            ? live.without(unsubscribed.deployment())
                            : state;
            case PlanEvent.Deleted deleted ->
                    state instanceof Plan.Live live ? new Plan.Deleted(live.revision()) : state;
        };
    }
}
