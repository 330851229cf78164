package io.quartermaster.sink;

import io.quartermaster.billing.delivery.Letter;
import io.quartermaster.billing.delivery.SinkState;
import io.quartermaster.billing.usage.Emission;
import io.quartermaster.view.delivery.Sinks;
import io.quartermaster.view.delivery.SliceRows;
import io.quartermaster.view.delivery.StoredDeliveries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** A sink at work on a real database, with a clock that is turned by hand. */
final class SinkBench {
    static final String TOKEN = "s3cr3t-t0ken";
    static final Sinks.Decision DECISION = new Sinks.Decision("token:test", "for the test");

    /** One for all, as in the daemon; it ends with the JVM. */
    private static final HttpTransport TRANSPORT = new HttpTransport(Duration.ofMillis(400));

    final DataSource source = OneDatabase.emptied();
    final StoredDeliveries deliveries = new StoredDeliveries(source, SliceRows.json());
    final Sinks sinks = new Sinks(source, SliceRows.json(), this::now);

    private final Sink sink;
    private long epoch;
    private Courier courier;
    private SinkDelivery delivery;
    private Readback readback;
    private Instant now = SliceRows.HOUR.plus(Duration.ofDays(30));

    SinkBench(Sink sink) {
        this.sink = sink;
        restart();
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** As after a crash: nothing is left but what is stored. */
    void restart() {
        epoch += 2;
        courier = new Couriers(TRANSPORT, name -> Optional.of(name).map(known -> TOKEN)).of(sink);
        var ports = new SinkDelivery.Ports(deliveries, this::now, new Random(7));
        delivery = new SinkDelivery(sink, courier, ports);
        readback = new Readback(sink, courier, deliveries, this::now);
    }

    /** As at the end of the process. */
    void end() {
        courier.close();
    }

    SinkBench slices(int count) {
        return slices(IntStream.range(0, count).mapToObj(SliceRows::hour).toList());
    }

    SinkBench slices(List<Emission> slices) {
        SliceRows.insert(source, slices);
        return this;
    }

    /** Sends as long as there is something to send at once. */
    void send() {
        while (delivery.once(epoch)) {
            // until nothing is left
        }
    }

    void sendOnce() {
        delivery.once(epoch);
    }

    /** Sends until nothing waits any more, whatever it takes. */
    void sendAll() {
        for (int i = 0; i < 10_000 && behind() > 0; i++) {
            send();
            pass(Duration.ofMinutes(6));
        }
    }

    /** Reads back what has had time to settle. */
    void readBack() {
        readback.once(epoch);
        pass(Readback.SETTLES);
        while (readback.once(epoch)) {
            // until nothing is left
        }
    }

    SinkState state() {
        return sinks.of(sink.name()).orElseThrow().state();
    }

    long behind() {
        return sinks.of(sink.name()).map(Sinks.Standing::behind).orElse(1L);
    }

    List<Letter> letters() {
        return sinks.letters(sink.name(), 0, 100);
    }

    List<String> ids() {
        return SliceRows.ids(source);
    }
}
