package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.billing.delivery.Letter.Kind;
import io.quartermaster.sink.FarSide.Heard;
import io.quartermaster.sink.FarSide.Reply;
import io.quartermaster.view.delivery.SliceRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lago, whose stub takes all of a batch or nothing, and nothing twice. */
class LagoSinkTest extends SinkKit {
    private static final String KNOWN = "{\"transaction_id\":[\"value_already_exist\"]}";
    private static final String INVALID = "{\"code\":[\"is_missing\"]}";
    private final Set<String> invalid = new HashSet<>();
    private final List<String> dropped = new ArrayList<>();

    @Override
    Sink sink(Sink.Door door) {
        return new Sink.Lago(
                "test",
                false,
                door,
                100,
                "sub-{tenant}",
                Map.of("bmc", "0815"),
                Map.of("machine", "machine_seconds"));
    }

    @Override
    int success() {
        return 200;
    }

    @Override
    List<String> ids(Heard request) {
        return events(request).stream().map(e -> e.path("transaction_id").asText()).toList();
    }

    private static List<JsonNode> events(Heard request) {
        var body = JsonBody.read(request.body());
        if (body.has("event")) return List.of(body.path("event"));
        var events = new ArrayList<JsonNode>();
        body.path("events").forEach(events::add);
        return events;
    }

    @Override
    Reply take(Heard request) {
        if (request.method().equals("GET")) return find(request);
        var ids = ids(request);
        boolean isBatch = request.path().equals("/api/v1/events/batch");
        if (ids.size() > 100 || isBatch != (ids.size() > 1)) return new Reply.Whole(400, "", "");
        var faults = new TreeMap<Integer, String>();
        for (int i = 0; i < ids.size(); i++) {
            if (taken.contains(ids.get(i))) faults.put(i, KNOWN);
            if (invalid.contains(ids.get(i))) faults.put(i, INVALID);
        }
        if (faults.isEmpty()) return super.take(request);
        if (!isBatch) return refusal(faults.get(0));
        var byIndex = faults.entrySet().stream().map(e -> "\"" + e.getKey() + "\":" + e.getValue());
        return refusal("{" + String.join(",", byIndex.toList()) + "}");
    }

    private static Reply refusal(String details) {
        return new Reply.Whole(
                422,
                "Content-Type: application/json",
                "{\"status\":422,\"error\":\"Unprocessable Entity\",\"code\":\"validation_errors\","
                        + "\"error_details\":"
                        + details
                        + "}");
    }

    private Reply find(Heard request) {
        var id = request.path().substring("/api/v1/events/".length());
        return taken.contains(id) && !dropped.contains(id)
                ? new Reply.Whole(200, "", "{\"event\":{\"transaction_id\":\"" + id + "\"}}")
                : new Reply.Whole(404, "", "{\"code\":\"event_not_found\"}");
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
    void an_event_is_said_exactly_so() {
        bench.slices(1);

        bench.send();

        var heard = far.heard().getFirst();
        assertEquals("application/json", heard.header("Content-Type"));
        assertEquals(
                """
                {"event":{"transaction_id":"%s","external_subscription_id":"sub-acme",\
                "code":"machine_seconds","timestamp":"1767261600","properties":{\
                "quantity":"3600","unit":"s","resource":"machine/m0","tenant":"acme",\
                "product":"large","deployment":"web","phase":"running",\
                "from":"2026-01-01T10:00:00Z","to":"2026-01-01T11:00:00Z","revision":"1",\
                "label_env":"prod"}}}"""
                        .formatted(bench.ids().getFirst()),
                heard.body());
    }

    @Test
    void a_tenant_may_have_a_subscription_of_another_name() {
        bench.slices(List.of(SliceRows.of("volume/a", "bmc", 0, Map.of())));

        bench.send();

        var event = events(far.heard().getFirst()).getFirst();
        assertEquals("0815", event.path("external_subscription_id").asText());
        assertEquals("storage", event.path("code").asText());
    }

    @Test
    void a_timestamp_has_a_fraction_only_where_there_is_one() {
        var at = Instant.parse("2026-01-01T10:00:00.250Z");

        assertEquals("1767261600.25", LagoContract.seconds(at));
        assertEquals("1767261600", LagoContract.seconds(at.minusMillis(250)));
    }

    @Test
    void of_a_refused_batch_the_known_are_dropped_the_invalid_die_and_the_rest_is_sent_again() {
        bench.slices(6);
        var ids = bench.ids();
        taken.addAll(List.of(ids.get(1), ids.get(4)));
        invalid.add(ids.get(2));

        bench.send();

        assertEquals(2, far.heard().size());
        assertEquals(List.of(ids.get(0), ids.get(3), ids.get(5)), ids(far.heard().get(1)));
        assertEquals(1, bench.letters().size());
        assertEquals(ids.get(2), bench.letters().getFirst().slice().id().toString());
        assertEquals(6, bench.state().cursor());
    }

    @Test
    void a_batch_of_which_all_is_known_is_delivered() {
        bench.slices(3);
        taken.addAll(bench.ids());

        bench.send();

        assertEquals(1, far.heard().size());
        assertEquals(3, bench.state().cursor());
        assertEquals(List.of(), bench.letters());
    }

    @Test
    void what_is_known_and_has_another_fault_is_refused() {
        bench.slices(1);
        far.answers(
                request ->
                        refusal(
                                "{\"transaction_id\":[\"value_already_exist\"],\"code\":[\"is_missing\"]}"));

        bench.send();

        assertEquals(Kind.REFUSED, bench.letters().getFirst().cause().kind());
    }

    @Test
    void a_crash_after_a_partial_refusal_forgets_nothing() {
        bench.slices(4);
        invalid.add(bench.ids().get(1));
        taken.add(bench.ids().get(0));
        bench.sendOnce();
        bench.restart();

        bench.send();

        assertEquals(4, bench.state().cursor());
        assertEquals(1, bench.letters().size());
        assertEquals(3, taken.size());
    }

    @Test
    void what_was_accepted_and_dropped_is_reported() {
        bench.slices(5);
        bench.send();
        dropped.add(bench.ids().get(3));

        bench.readBack();

        assertEquals(1, bench.letters().size());
        assertEquals(Kind.DROPPED, bench.letters().getFirst().cause().kind());
        assertTrue(bench.letters().getFirst().cause().reason().contains("404"));
    }
}
