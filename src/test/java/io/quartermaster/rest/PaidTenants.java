package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.account.AccountCommand;
import io.quartermaster.billing.account.Terms;
import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.view.CaughtUp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants with accounts and volumes; what is over of their time is closed by the daemon itself. */
final class PaidTenants {
    private final Door door;
    private final Dispatcher dispatcher;
    private final CaughtUp views;
    private final EventLog log;

    PaidTenants(Door door, Dispatcher dispatcher, CaughtUp views, EventLog log) {
        this.door = door;
        this.dispatcher = dispatcher;
        this.views = views;
        this.log = log;
    }

    void send(String tenant, AccountCommand command) throws InterruptedException {
        var order = new Order(new StreamId("account", tenant), tenant, command);
        var receipt = dispatcher.send(order, Ask.by("test", UUID.randomUUID()));
        assertTrue(views.await(receipt.position(), Duration.ofSeconds(10)));
    }

    void open(String tenant, String zone, @Nullable String since) throws InterruptedException {
        var discount = new Terms.Discount(new BigDecimal("10"), null);
        var terms =
                new Terms(
                        "default",
                        "EUR",
                        zone,
                        since == null ? null : LocalDate.parse(since),
                        new BigDecimal("19"),
                        RoundingMode.HALF_UP,
                        List.of(discount),
                        null);
        send(tenant, new AccountCommand.Define(terms));
    }

    void report(String name, String tenant, String size, String at) {
        var manifest =
                """
                apiVersion: quartermaster.io/v1alpha1
                kind: Volume
                metadata: {name: %s, tenant: %s, labels: {team: red}}
                spec: {size: %s, tier: ssd, observed: {at: "%s"}}
                """
                        .formatted(name, tenant, size, at);
        var put = door.put("/volumes/" + name).yaml(manifest).send();
        assertTrue(put.status() < 300, put.toString());
    }

    void price(String book, String meter, String unit, String more) {
        var body =
                """
                {"book": "%s", "from": "2020-01-01T00:00:00Z", "meter": "%s", "currency": "EUR",
                 "unit": "%s", %s}
                """
                        .formatted(book, meter, unit, more);
        var published = door.post("/prices").json(body).send();
        assertEquals(200, published.status(), published.body());
    }

    /** V1 of the worked vectors, priced, with its January closed. */
    void january(String tenant) throws InterruptedException {
        price(tenant, "storage", "GiB-month", "\"price\": \"0.05\"");
        report(tenant + "-v", tenant, "100Gi", "2026-01-10T00:00:00Z");
        report(tenant + "-v", tenant, "150Gi", "2026-01-20T12:00:00Z");
        gone(tenant + "-v", "2026-01-25T06:00:00Z");
        open(tenant, "UTC", "2026-01-01");
        close(tenant, "2026-01", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
    }

    void gone(String volume, String at) {
        var path = "/volumes/%s?observedAt=%s".formatted(volume, at);
        assertEquals(204, door.delete(path).send().status());
    }

    /** The daemon closes what is over by itself, perhaps before this does. */
    void close(String tenant, String month, String from, String to) throws InterruptedException {
        var close =
                new AccountCommand.ClosePeriod(
                        tenant + "-" + month, Instant.parse(from), Instant.parse(to));
        send(tenant, close);
        assertTrue(views.await(log.head(), Duration.ofSeconds(10)));
    }
}
