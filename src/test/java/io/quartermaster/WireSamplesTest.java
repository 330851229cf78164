package io.quartermaster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quartermaster.app.Domain;
import io.quartermaster.billing.account.AccountEvent;
import io.quartermaster.billing.account.Issuer;
import io.quartermaster.billing.audit.Audit;
import io.quartermaster.billing.price.PriceBook;
import io.quartermaster.billing.usage.Count;
import io.quartermaster.deployment.DeploymentEvent;
import io.quartermaster.deployment.MachineClass;
import io.quartermaster.deployment.Ownership;
import io.quartermaster.deployment.PlanEvent;
import io.quartermaster.engine.wire.WireFamily;
import io.quartermaster.engine.wire.WireFamily.Stored;
import io.quartermaster.es.WireNames;
import io.quartermaster.machine.HostEvent;
import io.quartermaster.machine.MachineEvent;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.volume.VolumeEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was stored can be read for ever. The samples under {@code wire/} are frozen: an event whose
 * shape changes gets a new version with a sample of its own, and the old sample stays.
 */
class WireSamplesTest {

    private static final WireFamily EVENTS = Domain.codec().events();
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Object> samples() {
        return WireSamples.all().stream();
    }

    private static String frozen(Stored stored) throws IOException {
        String file = "/wire/" + stored.name() + ".v" + stored.version() + ".json";
        try (var sample = WireSamplesTest.class.getResourceAsStream(file)) {
            assertNotNull(sample, file + " is missing; it would hold " + stored.json());
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_was_stored_is_read_as_it_was(Object event) throws IOException {
        Stored now = EVENTS.write(event);
        assertEquals(event, EVENTS.read(new Stored(now.name(), now.version(), frozen(now))));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_is_stored_has_the_shape_it_had(Object event) throws IOException {
        Stored now = EVENTS.write(event);
        JsonNode before = JSON.readTree(frozen(now));
        assertEquals(before, JSON.readTree(now.json()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host.enrolled", "host.spec-changed", "machine-class.defined"})
    void what_older_programs_stored_is_read_as_what_it_meant(String name) throws IOException {
        var stored = frozen(new Stored(name, 1, ""));
        var spec = JSON.readTree(stored).get("spec");

        var read = EVENTS.read(new Stored(name, 1, stored));

        var now = (ObjectNode) JSON.readTree(EVENTS.write(read).json()).get("spec");
        now.remove(name.startsWith("host") ? "instance" : "kubernetes");
        assertEquals(spec, now);
    }

    @Test
    void every_event_has_a_sample() {
        var names =
                WireNames.of(
                        List.of(
                                HostEvent.class,
                                MachineEvent.class,
                                MachineClass.Event.class,
                                PlanEvent.class,
                                DeploymentEvent.class,
                                Ownership.Event.class,
                                VolumeEvent.class,
                                Tenant.Event.class,
                                PriceBook.Event.class,
                                AccountEvent.class,
                                Issuer.Event.class,
                                Count.Event.class,
                                Audit.Event.class));
        var sampled = samples().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.copyOf(names.types().values()), sampled);
    }
}
