package io.quartermaster.billing.account;

import io.quartermaster.billing.price.Rating.Month;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Saga;
import io.quartermaster.es.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closes each account's periods by the clock, one after the other; one instance an account. After a
 * period's end it waits a day, so that what is reported late is still on time.
 */
public final class PeriodClosing implements Saga<PeriodClosing.State> {

    /** How long after its end a period is closed, unless somebody closes it earlier. */
    public static final Duration GRACE = Duration.ofDays(1);

    private static final String CLOSE = "close";

    /**
     * What an instance knows.
     *
     * @param opened when the account was
     * @param closedTo up to when its periods are closed, absent when none is
     */
    public record State(
            @Nullable Terms terms, @Nullable Instant opened, @Nullable Instant closedTo) {}

    @Override
    public String name() {
        return "period-closing.v1";
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
        return switch (envelope.event()) {
            case AccountEvent.Defined ignored -> Optional.of(envelope.stream().key());
            case AccountEvent.PeriodClosed ignored -> Optional.of(envelope.stream().key());
            default -> Optional.empty();
        };
    }

    @Override
    public State initial() {
        return new State(null, null, null);
    }

    @Override
    public State evolve(State state, Envelope<?> envelope) {
        return switch (envelope.event()) {
            case AccountEvent.Defined defined -> {
                var opened = state.opened() == null ? envelope.effectiveAt() : state.opened();
                yield new State(defined.terms(), opened, state.closedTo());
            }
            case AccountEvent.PeriodClosed closed ->
                    new State(state.terms(), state.opened(), closed.to());
            default -> state;
        };
    }

    @Override
    public List<Effect> react(State state, Envelope<?> envelope) {
        var terms = Objects.requireNonNull(state.terms());
        var next = terms.period(Objects.requireNonNull(state.opened()), state.closedTo());
        var account = envelope.stream();
        return List.of(
                new Effect.Schedule(
                        CLOSE, next.to().plus(GRACE), account, close(account, terms, next)));
    }

    /** The command that closes a period. */
    public static AccountCommand.ClosePeriod close(StreamId account, Terms terms, Month period) {
        return new AccountCommand.ClosePeriod(
                terms.invoice(account.key(), period), period.from(), period.to());
    }
}
