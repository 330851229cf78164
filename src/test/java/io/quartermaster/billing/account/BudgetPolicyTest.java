package io.quartermaster.billing.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.quartermaster.billing.account.Terms.Policy;
import io.quartermaster.es.Effect;
import io.quartermaster.es.Story;
import io.quartermaster.es.StreamId;
import io.quartermaster.tenant.Tenant.Cause;
import io.quartermaster.tenant.Tenant.Command;
import io.quartermaster.tenant.Tenant.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetPolicyTest {
    private static final StreamId ACCOUNT = new StreamId(Account.STREAM, "acme");
    private static final StreamId TENANT = new StreamId("tenant", "acme");
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-04-01T00:00:00Z");

    private final Story<BudgetPolicy.State> story = new Story<>(new BudgetPolicy());

    private List<Effect> crossed(int percent, Policy policy) {
        return crossed(percent, policy, END);
    }

    private List<Effect> crossed(int percent, Policy policy, Instant end) {
        var amount = new BigDecimal("500.00");
        return story.on(
                ACCOUNT,
                new AccountEvent.BudgetCrossed(BEGIN, end, percent, amount, amount, policy));
    }

    private List<Effect> defined(@Nullable String monthly, Policy policy) {
        var budget =
                monthly == null
                        ? null
                        : new Terms.Budget(new BigDecimal(monthly), List.of(), policy, null);
        var terms =
                new Terms(
                        "default",
                        "EUR",
                        "UTC",
                        null,
                        BigDecimal.ZERO,
                        RoundingMode.HALF_UP,
                        List.of(),
                        budget);
        return story.on(ACCOUNT, new AccountEvent.Defined(terms));
    }

    private static Effect suspend(Level level) {
        return new Effect.Send(
                TENANT, new Command.Suspend(Cause.BUDGET, level, "500.00 were spent"));
    }

    private static void assertLifted(List<Effect> effects) {
        assertEquals(new Effect.Cancel("period-ends"), effects.getFirst());
        var send = assertInstanceOf(Effect.Send.class, effects.getLast());
        assertEquals(TENANT, send.target());
        assertEquals(Cause.BUDGET, assertInstanceOf(Command.Resume.class, send.command()).cause());
    }

    @Test
    void a_spent_budget_that_refuses_allows_no_more_machines_until_the_period_ends() {
        var effects = crossed(100, Policy.REFUSE);
        assertEquals(suspend(Level.NO_MACHINES), effects.getFirst());
        var later = assertInstanceOf(Effect.Schedule.class, effects.getLast());
        assertEquals(END, later.at());
        assertEquals(TENANT, later.target());
        assertInstanceOf(Command.Resume.class, later.command());
    }

    @Test
    void a_spent_budget_that_suspends_allows_nothing_more() {
        assertEquals(suspend(Level.NOTHING_MORE), crossed(120, Policy.SUSPEND).getFirst());
    }

    @Test
    void a_budget_that_only_alerts_or_is_not_spent_restricts_nobody() {
        assertEquals(List.of(), crossed(100, Policy.ALERT));
        assertEquals(List.of(), crossed(80, Policy.SUSPEND));
    }

    @Test
    void a_budget_that_is_raised_above_what_was_spent_lifts_it() {
        crossed(100, Policy.REFUSE);
        assertLifted(defined("500.01", Policy.REFUSE));
        assertEquals(List.of(), defined("700.00", Policy.REFUSE));
    }

    @Test
    void a_budget_that_is_gone_lifts_it() {
        crossed(100, Policy.SUSPEND);
        assertLifted(defined(null, Policy.ALERT));
    }

    @Test
    void a_policy_that_only_alerts_lifts_it() {
        crossed(100, Policy.SUSPEND);
        assertLifted(defined("500.00", Policy.ALERT));
    }

    @Test
    void another_policy_restricts_to_another_level() {
        crossed(100, Policy.REFUSE);
        assertEquals(suspend(Level.NOTHING_MORE), defined("500.00", Policy.SUSPEND).getFirst());
    }

    @Test
    void what_was_spent_in_a_period_that_is_over_restricts_nobody() {
        assertEquals(List.of(), crossed(100, Policy.REFUSE, Story.NOON));
        assertEquals(List.of(), defined("500.00", Policy.SUSPEND));
    }
}
