package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.delivery.Letter.Kind;
import io.quartermaster.billing.delivery.SinkState.Condition;
import io.quartermaster.sink.FarSide.Heard;
import io.quartermaster.sink.FarSide.Reply;
import io.quartermaster.view.delivery.SliceRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenMeter, whose stub is as strict about what it is sent as its API v1 says. */
class OpenMeterSinkTest extends SinkKit {
    private final List<String> dropped = new ArrayList<>();
    private String invalid = "";

    @Override
    Sink sink(Sink.Door door) {
        return new Sink.OpenMeter("test", false, door, "urn:q", 100);
    }

    @Override
    int success() {
        return 204;
    }

    @Override
    List<String> ids(Heard request) {
        var body = JsonBody.read(request.body());
        var ids = new ArrayList<String>();
        if (body.isArray()) body.forEach(event -> ids.add(event.path("id").asText()));
        else ids.add(body.path("id").asText());
        return ids;
    }

    @Override
    Reply take(Heard request) {
        if (request.method().equals("GET")) return list(request);
        return isRight(request) ? super.take(request) : new Reply.Whole(400, "", "bad request");
    }

    private static boolean isRight(Heard request) {
        var body = JsonBody.read(request.body());
        var type = body.isArray() ? CloudEvent.BATCH : CloudEvent.STRUCTURED;
        boolean isRight =
                request.path().equals("/api/v1/events")
                        && request.header("Content-Type").equals(type);
        for (var event : body.isArray() ? body : List.of(body)) {
            isRight &= event.path("data").isObject();
            isRight &= !event.path("subject").asText().isEmpty();
        }
        return isRight;
    }

    private Reply list(Heard request) {
        var id = request.path().replaceAll(".*[?&]id=([^&]*).*", "$1");
        if (!taken.contains(id) || dropped.contains(id)) return new Reply.Whole(200, "", "[]");
        var error = id.equals(invalid) ? ",\"validationError\":\"no meter\"" : "";
        return new Reply.Whole(200, "", "[{\"event\":{\"id\":\"%s\"}%s}]".formatted(id, error));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100, 1", "101, 2"})
    void a_request_has_up_to_a_hundred_events(int slices, int requests) {
        bench.slices(slices);

        bench.send();

        assertEquals(requests, far.heard().size());
        assertEquals(bench.ids(), List.copyOf(taken));
    }

    @Test
    void the_subject_is_the_tenant() {
        bench.slices(1);

        bench.send();

        var event = JsonBody.read(far.heard().getFirst().body());
        assertEquals("acme", event.path("subject").asText());
    }

    @Test
    void what_has_no_tenant_cannot_be_said() {
        bench.slices(List.of(SliceRows.of("machine/a", "", 0, Map.of())));

        bench.send();

        assertEquals(Kind.UNFIT, bench.letters().getFirst().cause().kind());
    }

    @Test
    void a_success_that_openmeter_does_not_know_is_none() {
        bench.slices(1);
        far.answers(200, "", "<html>welcome</html>");

        bench.send();

        assertEquals(Condition.PAUSED, bench.state().condition());
    }

    @Test
    void what_was_accepted_and_dropped_is_reported() {
        bench.slices(30);
        bench.send();
        dropped.add(bench.ids().get(4));
        invalid = bench.ids().get(27);

        bench.readBack();

        assertEquals(
                List.of(bench.ids().get(4), bench.ids().get(27)),
                bench.letters().stream().map(each -> each.slice().id().toString()).toList());
        assertTrue(bench.letters().stream().allMatch(e -> e.cause().kind() == Kind.DROPPED));
        assertEquals(30, bench.state().settled().seq());
    }

    @Test
    void what_is_dropped_can_be_sent_once_more() {
        bench.slices(1);
        bench.send();
        dropped.add(bench.ids().getFirst());
        bench.readBack();
        bench.sinks.retry("test", bench.letters().getFirst().id(), SinkBench.DECISION);

        bench.send();

        assertEquals(List.of(), bench.letters());
        assertEquals(far.heard().getFirst(), far.heard().getLast());
    }

    @Test
    void a_list_that_cannot_be_had_reports_nothing() {
        bench.slices(2);
        bench.send();
        far.answers(500);

        bench.readBack();

        assertEquals(List.of(), bench.letters());
        assertEquals(0, bench.state().settled().seq());
    }
}
