package io.quartermaster.sink;

import com.fasterxml.jackson.databind.JsonNode;
import io.quartermaster.billing.delivery.UsageRecord;
import io.quartermaster.sink.Answer.Answered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * OpenMeter's API v1: {@code POST /api/v1/events}. The type of the content must be exactly that of
 * CloudEvents: with a charset it is refused. 204 means stored, also for what was stored before; the
 * subject, which is required, is the tenant.
 */
record OpenMeterContract(Sink.OpenMeter sink) implements Contract {
    private static final String PATH = "/api/v1/events";

    @Override
    public int most() {
        return sink.batch();
    }

    private CloudEvent event(UsageRecord slice) {
        return CloudEvent.of(slice, sink.source(), slice.slice().about().tenant());
    }

    @Override
    public Optional<String> unfit(UsageRecord slice) {
        return slice.slice().about().tenant().isEmpty()
                ? Optional.of("the slice has no tenant, and so no subject, which is required")
                : CloudEventsContract.tooLarge(event(slice));
    }

    @Override
    public Request say(List<UsageRecord> slices) {
        if (slices.size() == 1) {
            var event = event(slices.getFirst()).structured();
            return Request.post(PATH, CloudEvent.STRUCTURED, JsonBody.write(event));
        }
        var events = slices.stream().map(slice -> event(slice).structured()).toList();
        return Request.post(PATH, CloudEvent.BATCH, JsonBody.write(events));
    }

    @Override
    public Verdict judge(List<UsageRecord> slices, Answer answer, Instant now) {
        return Statuses.judge(answer, OpenMeterContract::wrongSuccess, now);
    }

    private static Optional<String> wrongSuccess(Answered answer) {
        return answer.status() == 204
                ? Optional.empty()
                : Optional.of(
                        ("the other side answered %s where OpenMeter answers 204;"
                                        .formatted(answer.summary())
                                + " see whether the address is right, then resume"));
    }

    /** {@code GET /api/v1/events} takes a part of an id, so only the very same one counts. */
    @Override
    public Optional<Request> ask(UsageRecord slice) {
        var hour = slice.slice().from();
        return Optional.of(
                Request.get(
                        "%s?id=%s&from=%s&to=%s&limit=10"
                                .formatted(PATH, slice.id(), hour, hour.plusSeconds(1))));
    }

    @Override
    public Finding find(UsageRecord slice, Answer answer) {
        if (!(answer instanceof Answered(int status, var headers, String body)) || status != 200) {
            return new Finding.Unknown(answer.summary());
        }
        var events = JsonBody.read(body);
        if (!events.isArray()) return new Finding.Unknown(answer.summary());
        for (var each : events) {
            if (each.at("/event/id").asText().equals(slice.id().toString())) return kept(each);
        }
        return new Finding.Dropped("it was accepted, and is not among the events that are listed");
    }

    private static Finding kept(JsonNode event) {
        var error = event.path("validationError").asText("");
        return error.isEmpty()
                ? new Finding.Kept()
                : new Finding.Dropped(Answer.excerpt("it was accepted, and is not used: " + error));
    }
}
