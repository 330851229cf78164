package io.quartermaster.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Effect;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.volume.VolumeCommand;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClosedTenantTest {
    private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
    private static final VolumeSpec SPEC = new VolumeSpec(100, "ssd", false, Map.of());

    private final ClosedTenant saga = new ClosedTenant();
    private final Map<String, ClosedTenant.State> states = new HashMap<>();

    /** Seen a minute later than it happened. */
    private List<Effect> on(String stream, int second, Object event) {
        var id = new UUID(0, second);
        var envelope =
                new Envelope<>(
                        second,
                        StreamId.parse(stream),
                        1,
                        id,
                        "acme",
                        at(second + 60),
                        at(second),
                        new Metadata("test", id, id, id, ""),
                        event);
        var key = saga.correlate(envelope);
        if (key.isEmpty()) return List.of();
        var before = states.getOrDefault(key.get(), saga.initial());
        var state = saga.evolve(before, envelope);
        states.put(key.get(), state);
        return saga.react(state, envelope);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private List<Effect> close(String tenant, int second) {
        return on("tenant/" + tenant, second, new Tenant.Event.Closed("left"));
    }

    private static Effect endVolume(String name, String tenant, int second) {
        var command = new VolumeCommand.LoseTenant(tenant, "the tenant was closed", at(second));
        return new Effect.Send(new StreamId("volume", name), command, at(second));
    }

    private static Effect endDeployment(String name, int second) {
        return new Effect.Send(
                new StreamId("deployment", name),
                new DeploymentCommand.LoseTenant("acme"),
                at(second));
    }

    private static DeploymentEvent created() {
        var template = new DeploymentSpec.Template("small", "base", Map.of(), Map.of());
        return new DeploymentEvent.Created(new DeploymentSpec("acme", 2, template, Map.of()));
    }

    private static VolumeEvent seen(int second) {
        return new VolumeEvent.Reported("acme", new VolumeCommand.Sighting(SPEC, at(second), 0));
    }

    @Test
    void all_that_is_its_own_ends_at_the_instant_of_closing() {
        on("deployment/web", 1, created());
        on("volume/a", 2, new VolumeEvent.Created("acme", SPEC));
        on("volume/b", 3, new VolumeEvent.Requested("acme", SPEC));
        on("volume/c", 4, seen(4));
        on("volume/other", 5, new VolumeEvent.Created("bmc", SPEC));
        assertEquals(
                List.of(
                        endDeployment("web", 9),
                        endVolume("a", "acme", 9),
                        endVolume("b", "acme", 9),
                        endVolume("c", "acme", 9)),
                close("acme", 9));
    }

    @Test
    void what_was_handed_over_to_it_ends_too() {
        on("volume/a", 1, new VolumeEvent.Created("acme", SPEC));
        on("volume/a", 2, new VolumeEvent.HandedOver("acme", "bmc"));
        assertEquals(List.of(endVolume("a", "bmc", 9)), close("bmc", 9));
    }

    @Test
    void what_is_gone_already_is_not_told() {
        on("deployment/web", 1, created());
        on("volume/a", 2, new VolumeEvent.Created("acme", SPEC));
        on("deployment/web", 3, new DeploymentEvent.Deleted());
        on("volume/a", 4, new VolumeEvent.Deleted(VolumeEvent.Ending.USER, "deleted", at(4), 0));
        assertEquals(List.of(), close("acme", 9));
    }

    @Test
    void what_appears_after_the_closing_ends_at_once() {
        close("acme", 9);
        assertEquals(List.of(endVolume("c", "acme", 9)), on("volume/c", 12, seen(12)));
        assertEquals(
                List.of(endVolume("a", "acme", 13)),
                on("volume/a", 13, new VolumeEvent.HandedOver("bmc", "acme")));
        assertEquals(List.of(endDeployment("web", 14)), on("deployment/web", 14, created()));
        var gone = new VolumeEvent.Deleted(VolumeEvent.Ending.WITH_TENANT, "closed", at(9), 0);
        assertEquals(List.of(), on("volume/c", 15, gone));
    }
}
