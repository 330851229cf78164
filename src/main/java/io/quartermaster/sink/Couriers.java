package io.quartermaster.sink;

import java.util.Optional;
import java.util.function.Function;

/** Makes the courier that a sink needs. */
public final class Couriers {
    private final Transport transport;
    private final Function<String, Optional<String>> secrets;

    /**
     * @param transport for all sinks that are spoken to over HTTP
     * @param secrets values by name
     */
    public Couriers(Transport transport, Function<String, Optional<String>> secrets) {
        this.transport = transport;
        this.secrets = secrets;
    }

    /** The courier of a sink; whoever asks for it closes it. */
    public Courier of(Sink sink) {
        return switch (sink) {
            case Sink.CloudEvents it -> http(new CloudEventsContract(it), it.door());
            case Sink.OpenMeter it -> http(new OpenMeterContract(it), it.door());
            case Sink.Lago it -> http(new LagoContract(it), it.door());
            case Sink.Kafka it -> new KafkaCourier(it, secrets);
        };
    }

    private Courier http(Contract contract, Sink.Door door) {
        return new HttpCourier(contract, door, transport, secrets);
    }
}
