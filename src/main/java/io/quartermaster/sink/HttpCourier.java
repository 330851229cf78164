package io.quartermaster.sink;

import io.quartermaster.billing.delivery.UsageRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Brings slices over HTTP, by the contract of the other side. */
final class HttpCourier implements Courier {
    private final Contract contract;
    private final Sink.Door door;
    private final Transport transport;
    private final Function<String, Optional<String>> secrets;

    /**
     * @param secrets asked each time, so that a new token counts at once
     */
    HttpCourier(
            Contract contract,
            Sink.Door door,
            Transport transport,
            Function<String, Optional<String>> secrets) {
        this.contract = contract;
        this.door = door;
        this.transport = transport;
        this.secrets = secrets;
    }

    @Override
    public int most() {
        return contract.most();
    }

    @Override
    public Optional<String> unfit(UsageRecord slice) {
        return contract.unfit(slice);
    }

    @Override
    public Delivery bring(List<UsageRecord> slices, Instant now) {
        var answer = send(contract.say(slices));
        return new Delivery(contract.judge(slices, answer, now), answer.summary());
    }

    @Override
    public Optional<Finding> find(UsageRecord slice) {
        return contract.ask(slice).map(request -> contract.find(slice, send(request)));
    }

    private Answer send(Request request) {
        if (door.secret() == null) return transport.send(door.address(), request, null);
        var token = secrets.apply(door.secret());
        return token.isEmpty()
                ? new Answer.Unsent(
                        "there is no secret '%s'; make it, then resume".formatted(door.secret()))
                : masked(transport.send(door.address(), request, token.get()), token.get());
    }

    /** An answer may repeat what was sent, and it is shown and logged. */
    private static Answer masked(Answer answer, String token) {
        return switch (answer) {
            case Answer.Answered(int status, var headers, String body) -> {
                var clean = new HashMap<>(headers);
                clean.replaceAll((name, value) -> value.replace(token, "***"));
                yield new Answer.Answered(status, clean, body.replace(token, "***"));
            }
            case Answer.Silence(String why) -> new Answer.Silence(why.replace(token, "***"));
            case Answer.Unsent unsent -> unsent;
        };
    }

    @Override
    public void close() {
        // The transport is everybody's.
    }
}
