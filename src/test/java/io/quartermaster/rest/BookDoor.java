package io.quartermaster.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.Ask;
import io.quartermaster.engine.Dispatcher;
import io.quartermaster.engine.EventLog;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.MachineCommand;
import io.quartermaster.machine.MachineSpec;
import io.quartermaster.machine.StepOutcome;
import io.quartermaster.machine.StepReport;
import io.quartermaster.rest.Door.Answer;
import io.quartermaster.schedule.InvoicingPass;
import io.quartermaster.view.CaughtUp;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door of a daemon whose time the test sets, for tests of its books. */
@Alternative
@Singleton
public class BookDoor {
    private final SettableTime time;
    private final Dispatcher dispatcher;
    private final CaughtUp views;
    private final InvoicingPass invoicing;
    private final EventLog log;
    private @Nullable Door door;

    @Inject
    BookDoor(
            SettableTime time,
            Dispatcher dispatcher,
            CaughtUp views,
            InvoicingPass invoicing,
            EventLog log) {
        this.log = log;
        this.time = time;
        this.dispatcher = dispatcher;
        this.views = views;
        this.invoicing = invoicing;
    }

    BookDoor at(URI root) {
        door = new Door(root);
        return this;
    }

    Door door() {
        return Objects.requireNonNull(door);
    }

    void at(String instant) {
        at(Instant.parse(instant));
    }

    void at(Instant instant) {
        time.is(instant);
    }

    void tenant(String name, String more) {
        ok(
                door().put("/tenants/" + name)
                        .yaml(
                                """
                                apiVersion: quartermaster.io/v1alpha1
                                kind: Tenant
                                metadata: {name: %s}
                                spec: {displayName: %s, currency: EUR%s}
                                """
                                        .formatted(name, name, more)));
    }

    Answer ok(Door.Call call) {
        var answer = call.send();
        assertTrue(answer.status() < 300, answer.toString());
        return answer;
    }

    void volume(String name, String tenant, String size) {
        ok(
                door().put("/volumes/" + name)
                        .yaml(
                                """
                                apiVersion: quartermaster.io/v1alpha1
                                kind: Volume
                                metadata: {name: %s, tenant: %s}
                                spec: {size: %s, tier: ssd}
                                """
                                        .formatted(name, tenant, size)));
    }

    void price(String book, String from, String meter, String unit, String more) {
        ok(
                door().post("/prices")
                        .json(
                                """
                                {"book": "%s", "from": "%s", "meter": "%s", "unit": "%s",
                                 "currency": "EUR", %s}
                                """
                                        .formatted(book, from, meter, unit, more)));
    }

    void storage(String tenant, String from, String price, String more) {
        price(tenant, from, "storage", "GiB-month", "\"price\": \"%s\"%s".formatted(price, more));
    }

    void play(String id, String tenant, MachineCommand command) throws InterruptedException {
        var order = new Order(new StreamId("machine", id), tenant, command);
        var receipt = dispatcher.send(order, Ask.by("test", UUID.randomUUID()));
        assertTrue(views.await(receipt.position(), Duration.ofSeconds(10)));
    }

    void ready(String id, String tenant) throws InterruptedException {
        var spec = new MachineSpec(tenant, "", "small", "no-plan", 1, Map.of(), Map.of());
        play(id, tenant, new MachineCommand.Request(spec));
        play(id, tenant, new MachineCommand.Allocate("host-of-" + id));
        play(id, tenant, new MachineCommand.ClaimRun(1, 7, "runner", Instant.EPOCH));
        play(id, tenant, new MachineCommand.SendSteps(1, 7, 0, 0));
        var report = new StepReport(0, "only", 1, StepOutcome.CHANGED, 12, null);
        play(id, tenant, new MachineCommand.FinishStep(1, 7, report));
        play(id, tenant, new MachineCommand.CompleteRun(1, 7));
    }

    /** Closes a period and has its invoice numbered. */
    Answer finalised(String id) {
        ok(door().post("/invoices/" + id + "/finalise"));
        invoicing.run();
        shown();
        return ok(door().post("/invoices/" + id + "/finalise?wait=0"));
    }

    /** Waits until the views show all that has happened. */
    private void shown() {
        try {
            assertTrue(views.await(log.head(), Duration.ofSeconds(30)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer lines(String id) {
        return door().get("/invoices/" + id + "/lines");
    }

    void v1(String tenant) {
        at("2026-01-10T00:00:00Z");
        volume(tenant + "-v", tenant, "100Gi");
        at("2026-01-20T12:00:00Z");
        volume(tenant + "-v", tenant, "150Gi");
        at("2026-01-25T06:00:00Z");
        ok(door().delete("/volumes/" + tenant + "-v"));
        at("2026-02-01T00:00:00Z");
    }
}
