package io.quartermaster.sink;

import io.quartermaster.billing.account.Account;
import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.AccountEvent.BudgetCrossed;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.es.Envelope;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a tenant's webhook that a threshold of its budget was crossed: at least once, each time
 * with the same id, that of the event in the log. What fails is tried again as every reader's
 * events are, and then waits as a dead letter of this reader.
 */
public final class BudgetAlerts {
    private final Aggregates aggregates;
    private final Transport transport;
    private final InstantSource clock;

    /** The webhook did not take an alert. */
    static final class NotTaken extends Exception {
        NotTaken(String message) {
            super(message);
        }
    }

    public BudgetAlerts(Aggregates aggregates, Transport transport, InstantSource clock) {
        this.aggregates = aggregates;
        this.transport = transport;
        this.clock = clock;
    }

    /** What has to be at work for it. */
    public Subscription subscription() {
        return Subscription.effect("budget-alerts.v1", Set.of(AccountEvent.class), this::handle);
    }

    void handle(Envelope<?> envelope) throws NotTaken {
        if (!(envelope.event() instanceof BudgetCrossed crossed)) return;
        var webhook = webhook(envelope);
        if (webhook.isEmpty()) return;
        var request = CloudEventsContract.structured(event(envelope, crossed));
        var answer = transport.send(webhook.get(), request, null);
        var verdict = Statuses.judge(answer, success -> Optional.empty(), clock.instant());
        if (verdict instanceof Verdict.Delivered) return;
        throw new NotTaken("the budget's webhook did not take the alert: " + answer.summary());
    }

    /** That of the terms when the threshold was crossed. */
    private Optional<URI> webhook(Envelope<?> envelope) {
        var account =
                aggregates.loadAt(envelope.stream(), envelope.version(), Account.class).state();
        var terms = account.terms();
        if (terms == null || terms.budget() == null) return Optional.empty();
        return Optional.ofNullable(terms.budget().webhook()).map(URI::create);
    }

    private static CloudEvent event(Envelope<?> envelope, BudgetCrossed crossed) {
        var data = new LinkedHashMap<String, Object>();
        data.put("tenant", envelope.stream().key());
        data.put("percent", crossed.percent());
        data.put("budget", crossed.budget().toPlainString());
        data.put("spent", crossed.spent().toPlainString());
        data.put("policy", crossed.policy().name().toLowerCase(Locale.ROOT));
        data.put("from", crossed.from().toString());
        data.put("to", crossed.to().toString());
        return new CloudEvent(
                envelope.eventId(),
                "urn:quartermaster",
                "io.quartermaster.budget.crossed.v1",
                envelope.recordedAt(),
                envelope.stream().key(),
                data);
    }
}
