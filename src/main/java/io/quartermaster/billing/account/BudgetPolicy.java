package io.quartermaster.billing.account;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.tenant.Tenant.Cause;
import io.quartermaster.tenant.Tenant.Level;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a tenant whose budget is spent, if its policy says so, until the period ends or the
 * budget allows more; one instance an account.
 */
public final class BudgetPolicy implements Saga<BudgetPolicy.State> {

    private static final int ALL_OF_IT = 100;
    private static final String PERIOD_ENDS = "period-ends";

    /**
     * What the instance remembers.
     *
     * @param spent what restricts the tenant, absent while nothing does
     * @param lifted whether the last event lifted it
     */
    public record State(@Nullable Spent spent, boolean lifted) {}

    /** So much was spent in a period that ends then, which allows no more than that. */
    public record Spent(BigDecimal amount, Instant periodEnd, Level level) {}

    @Override
    public String name() {
        return "budget-policy.v1";
    }

    @Override
    public Set<Class<?>> listensTo() {
        return Set.of(AccountEvent.class);
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public Optional<String> correlate(Envelope<?> envelope) {
        return switch ((AccountEvent) envelope.event()) {
            case AccountEvent.BudgetCrossed ignored -> Optional.of(envelope.stream().key());
            case AccountEvent.Defined ignored -> Optional.of(envelope.stream().key());
            case AccountEvent.PeriodClosed ignored -> Optional.empty();
            case AccountEvent.CreditGranted ignored -> Optional.empty();
            case AccountEvent.InvoiceVoided ignored -> Optional.empty();
        };
    }

    @Override
    public State initial() {
        return new State(null, false);
    }

    @Override
    public State evolve(State state, Envelope<?> envelope) {
        return switch (envelope.event()) {
            case AccountEvent.BudgetCrossed crossed when crossed.percent() >= ALL_OF_IT ->
                    level(crossed.policy())
                            .map(level -> new Spent(crossed.spent(), crossed.to(), level))
                            .map(spent -> new State(spent, false))
                            .orElse(new State(state.spent(), false));
            case AccountEvent.Defined defined when state.spent() != null ->
                    under(defined.terms().budget(), state.spent());
            default -> new State(state.spent(), false);
        };
    }

    private static Optional<Level> level(Terms.Policy policy) {
        return switch (policy) {
            case ALERT -> Optional.empty();
            case REFUSE -> Optional.of(Level.NO_MACHINES);
            case SUSPEND -> Optional.of(Level.NOTHING_MORE);
        };
    }

    private static State under(Terms.@Nullable Budget budget, Spent spent) {
        if (budget == null || budget.monthly().compareTo(spent.amount()) > 0) {
            return new State(null, true);
        }
        return level(budget.policy())
                .map(level -> new State(new Spent(spent.amount(), spent.periodEnd(), level), false))
                .orElse(new State(null, true));
    }

    @Override
    public List<Effect> react(State state, Envelope<?> envelope) {
        var tenant = new StreamId(Tenant.STREAM, envelope.stream().key());
        if (state.lifted()) {
            return List.of(
                    new Effect.Cancel(PERIOD_ENDS),
                    new Effect.Send(tenant, resume("the budget allows more")));
        }
        var spent = state.spent();
        boolean isAlert =
                envelope.event() instanceof AccountEvent.BudgetCrossed crossed
                        && (crossed.percent() < ALL_OF_IT || level(crossed.policy()).isEmpty());
        boolean isOver = spent != null && !envelope.effectiveAt().isBefore(spent.periodEnd());
        if (spent == null || isAlert || isOver) return List.of();
        var reason = "%s were spent".formatted(spent.amount().toPlainString());
        return List.of(
                new Effect.Send(
                        tenant, new Tenant.Command.Suspend(Cause.BUDGET, spent.level(), reason)),
                new Effect.Schedule(
                        PERIOD_ENDS,
                        spent.periodEnd(),
                        tenant,
                        resume("the period of the budget is over")));
    }

    private static Tenant.Command resume(String reason) {
        return new Tenant.Command.Resume(Cause.BUDGET, reason);
    }
}
