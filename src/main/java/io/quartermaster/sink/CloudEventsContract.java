package io.quartermaster.sink;

import io.quartermaster.billing.delivery.UsageRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * CloudEvents over HTTP: the protocol binding 1.0.2 for what is sent, and for what answers mean the
 * specification of web hooks, of which the sign-up is left to whoever sets the address.
 */
record CloudEventsContract(Sink.CloudEvents sink) implements Contract {

    @Override
    public int most() {
        return sink.mode() == Sink.Mode.BATCH ? sink.batch() : 1;
    }

    private CloudEvent event(UsageRecord slice) {
        return CloudEvent.of(slice, sink.source(), slice.slice().resource());
    }

    @Override
    public Optional<String> unfit(UsageRecord slice) {
        return tooLarge(event(slice));
    }

    static Optional<String> tooLarge(CloudEvent event) {
        int size = event.size();
        return size < CloudEvent.TOO_LARGE
                ? Optional.empty()
                : Optional.of(
                        "the event has %d bytes; it must have less than %d"
                                .formatted(size, CloudEvent.TOO_LARGE));
    }

    @Override
    public Request say(List<UsageRecord> slices) {
        return switch (sink.mode()) {
            case STRUCTURED -> structured(event(slices.getFirst()));
            case BINARY -> binary(event(slices.getFirst()));
            case BATCH -> batch(slices.stream().map(this::event).toList());
        };
    }

    static Request structured(CloudEvent event) {
        return Request.post("", CloudEvent.STRUCTURED, JsonBody.write(event.structured()));
    }

    private static Request binary(CloudEvent event) {
        var data = JsonBody.write(event.data());
        return new Request("POST", "", "application/json", event.headers(), data);
    }

    private static Request batch(List<CloudEvent> events) {
        var body = JsonBody.write(events.stream().map(CloudEvent::structured).toList());
        return Request.post("", CloudEvent.BATCH, body);
    }

    @Override
    public Verdict judge(List<UsageRecord> slices, Answer answer, Instant now) {
        return Statuses.judge(answer, success -> Optional.empty(), now);
    }
}
