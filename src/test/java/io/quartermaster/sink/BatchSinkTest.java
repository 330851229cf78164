package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.sink.FarSide.Heard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudEvents over HTTP, several in a request. */
class BatchSinkTest extends SinkKit {

    @Override
    Sink sink(Sink.Door door) {
        return new Sink.CloudEvents("test", false, door, "urn:q", Sink.Mode.BATCH, 100);
    }

    @Override
    List<String> ids(Heard request) {
        var ids = new ArrayList<String>();
        JsonBody.read(request.body()).forEach(event -> ids.add(event.path("id").asText()));
        return ids;
    }

    @Override
    int success() {
        return 204;
    }

    @Test
    void the_type_of_the_content_says_that_it_is_a_batch() {
        bench.slices(2);

        bench.send();

        var heard = far.heard().getFirst();
        assertEquals("application/cloudevents-batch+json", heard.header("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({"100, 1", "101, 2"})
    void a_batch_has_up_to_a_hundred_events(int slices, int requests) {
        bench.slices(slices);

        bench.send();

        assertEquals(requests, far.heard().size());
        assertEquals(bench.ids(), List.copyOf(taken));
    }
}
