package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.sink.FarSide.Heard;
import io.quartermaster.view.delivery.SliceRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CloudEvents over HTTP in binary mode. */
class BinarySinkTest extends SinkKit {

    @Override
    Sink sink(Sink.Door door) {
        return new Sink.CloudEvents("test", false, door, "urn:q", Sink.Mode.BINARY, 1);
    }

    @Override
    List<String> ids(Heard request) {
        return List.of(request.header("ce-id"));
    }

    @Override
    int success() {
        return 200;
    }

    @Test
    void attributes_are_headers_and_data_is_the_body() {
        bench.slices(List.of(SliceRows.of("machine/a \"ü\" 5%", "acme", 0, Map.of())));

        bench.send();

        var heard = far.heard().getFirst();
        assertEquals("application/json", heard.header("Content-Type"));
        assertEquals("1.0", heard.header("ce-specversion"));
        assertEquals("urn:q", heard.header("ce-source"));
        assertEquals("io.quartermaster.usage.machine.v1", heard.header("ce-type"));
        assertEquals("2026-01-01T10:00:00Z", heard.header("ce-time"));
        assertEquals("machine/a%20%22%C3%BC%22%205%25", heard.header("ce-subject"));
        assertEquals("3600", JsonBody.read(heard.body()).path("quantity").asText());
    }
}
