package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.delivery.Letter.Kind;
import io.quartermaster.sink.FarSide.Heard;
import io.quartermaster.view.delivery.SliceRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CloudEvents over HTTP in structured mode. */
class StructuredSinkTest extends SinkKit {

    @Override
    Sink sink(Sink.Door door) {
        return new Sink.CloudEvents(
                "test", false, door, "urn:quartermaster", Sink.Mode.STRUCTURED, 1);
    }

    @Override
    List<String> ids(Heard request) {
        return List.of(JsonBody.read(request.body()).path("id").asText());
    }

    @Override
    int success() {
        return 202;
    }

    @Test
    void an_event_is_said_exactly_so() {
        bench.slices(1);

        bench.send();

        var heard = far.heard().getFirst();
        assertEquals("application/cloudevents+json", heard.header("Content-Type"));
        assertEquals(
                """
                {"specversion":"1.0","id":"%s","source":"urn:quartermaster",\
                "type":"io.quartermaster.usage.machine.v1","time":"2026-01-01T10:00:00Z",\
                "subject":"machine/m0","datacontenttype":"application/json",\
                "data":{"meter":"machine","quantity":"3600","unit":"s","resource":"machine/m0",\
                "tenant":"acme","product":"large","deployment":"web","phase":"running",\
                "labels":{"env":"prod"},"from":"2026-01-01T10:00:00Z","to":"2026-01-01T11:00:00Z",\
                "revision":1,"events":["00000000-0000-0005-0000-000000000000"]}}"""
                        .formatted(bench.ids().getFirst()),
                heard.body());
    }

    @Test
    void an_event_that_is_too_large_is_a_dead_letter_and_the_next_one_is_sent() {
        bench.slices(
                List.of(
                        SliceRows.hour(0, Map.of("note", "x".repeat(CloudEvent.TOO_LARGE))),
                        SliceRows.hour(1)));

        bench.send();

        assertEquals(Kind.UNFIT, bench.letters().getFirst().cause().kind());
        assertTrue(bench.letters().getFirst().cause().reason().contains("65536"));
        assertEquals(List.of(bench.ids().get(1)), List.copyOf(taken));
    }
}
