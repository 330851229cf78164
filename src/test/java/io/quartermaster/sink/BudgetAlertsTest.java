package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.app.Domain;
import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.MemoryLog;
import io.quartermaster.engine.Order;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tenant's webhook hears of a crossed budget. */
class BudgetAlertsTest {
    private static final Instant NOW = Instant.parse("2026-01-20T12:00:00Z");
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");
    private static final StreamId ACCOUNT = new StreamId("account", "acme");

    private final FarSide far = new FarSide();
    private final FarSide later = new FarSide();
    private final MemoryLog log = new MemoryLog(() -> NOW);
    private final Aggregates aggregates = new Aggregates(Domain.rules(), log);
    private final HttpTransport transport = new HttpTransport(Duration.ofSeconds(5));
    private final BudgetAlerts alerts = new BudgetAlerts(aggregates, transport, () -> NOW);
    private int commands;

    @AfterEach
    void close() {
        far.close();
        later.close();
        transport.close();
    }

    private void send(AccountCommand command) {
        var dispatcher = new Dispatcher(Domain.rules(), aggregates, log);
        var ask = Ask.by("test", new UUID(3, ++commands));
        dispatcher.send(new Order(ACCOUNT, "acme", command), ask);
    }

    private void define(String webhook) {
        var budget =
                new Terms.Budget(
                        new BigDecimal("100.00"), List.of(80), Terms.Policy.ALERT, webhook);
        send(
                new AccountCommand.Define(
                        new Terms(
                                "default",
                                "EUR",
                                "UTC",
                                null,
                                BigDecimal.ZERO,
                                RoundingMode.HALF_UP,
                                List.of(),
                                budget)));
    }

    private Envelope<?> cross() {
        send(new AccountCommand.NoteSpending(FROM, TO, new BigDecimal("85.10")));
        return log.read(0, 100).getLast();
    }

    @Test
    void the_alert_is_a_cloud_event_with_the_id_of_the_event() throws Exception {
        define(far.address() + "/hook");
        var crossed = cross();

        alerts.handle(crossed);

        var heard = far.heard().getFirst();
        assertEquals("/hook", heard.path());
        assertEquals("application/cloudevents+json", heard.header("Content-Type"));
        assertEquals(
                """
                {"specversion":"1.0","id":"%s","source":"urn:quartermaster",\
                "type":"io.quartermaster.budget.crossed.v1","time":"2026-01-20T12:00:00Z",\
                "subject":"acme","datacontenttype":"application/json","data":{"tenant":"acme",\
                "percent":80,"budget":"100.00","spent":"85.10","policy":"alert",\
                "from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"}}"""
                        .formatted(crossed.eventId()),
                heard.body());
    }

    @Test
    void an_alert_that_is_not_taken_is_told_again_the_same() throws Exception {
        define(far.address() + "/hook");
        var crossed = cross();
        far.answers(503);
        var failure = assertThrows(BudgetAlerts.NotTaken.class, () -> alerts.handle(crossed));
        far.answers(204);

        alerts.handle(crossed);

        assertTrue(String.valueOf(failure.getMessage()).contains("503"));
        assertEquals(far.heard().get(0), far.heard().get(1));
    }

    @Test
    void the_webhook_of_the_terms_at_that_time_is_told() throws Exception {
        define(far.address() + "/hook");
        var crossed = cross();
        define(later.address() + "/hook");

        alerts.handle(crossed);

        assertEquals(1, far.heard().size());
        assertEquals(List.of(), later.heard());
    }

    @Test
    void a_budget_without_a_webhook_tells_nobody() throws Exception {
        define(null);

        alerts.handle(cross());

        assertEquals(List.of(), far.heard());
    }
}
