package io.quartermaster.schedule;

import io.quartermaster.billing.account.Account;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks at what every account has spent in its open period: tells those with a budget, and warns of
 * usage that nobody has a price for.
 */
public final class SpendingPass {
    private static final Logger LOG = Logger.getLogger(SpendingPass.class);

    private final Supplier<List<Spending>> spendings;
    private final Dispatcher dispatcher;
    private final Supplier<UUID> ids;
    private volatile Map<String, List<String>> unpriced = Map.of();

    /**
     * What an account has spent.
     *
     * @param from where its open period begins
     * @param to where it ends
     * @param spent before tax, in the account's currency
     * @param hasBudget whether it wants to be told
     * @param unpriced what has no price, {@code storage of ssd}, each once
     */
    public record Spending(
            String tenant,
            Instant from,
            Instant to,
            BigDecimal spent,
            boolean hasBudget,
            List<String> unpriced) {}

    /**
     * @param ids gives each command its id
     */
    public SpendingPass(
            Supplier<List<Spending>> spendings, Dispatcher dispatcher, Supplier<UUID> ids) {
        this.spendings = spendings;
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    /** Looks once. */
    public void run() {
        var without = new TreeMap<String, List<String>>();
        for (var spending : spendings.get()) {
            if (spending.hasBudget()) tell(spending);
            if (!spending.unpriced().isEmpty()) {
                without.put(spending.tenant(), spending.unpriced());
            }
        }
        if (!without.isEmpty() && !without.equals(unpriced)) {
            LOG.warnf(
                    "There is usage without a price: %s; publish prices with POST /api/v1/prices"
                            + " before the periods are closed",
                    without);
        }
        unpriced = without;
    }

    /** How many kinds of usage have no price, counted for each tenant, when it was last looked. */
    public int unpriced() {
        return unpriced.values().stream().mapToInt(List::size).sum();
    }

    private void tell(Spending spending) {
        var stream = new StreamId(Account.STREAM, spending.tenant());
        var note =
                new AccountCommand.NoteSpending(spending.from(), spending.to(), spending.spent());
        dispatcher.send(
                new Order(stream, spending.tenant(), note), Ask.by("system:spending", ids.get()));
    }
}
