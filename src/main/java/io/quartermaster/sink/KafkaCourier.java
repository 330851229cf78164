package io.quartermaster.sink;

import io.quartermaster.billing.delivery.UsageRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Brings slices to a topic as CloudEvents in binary mode (the Kafka protocol binding 1.0.2), with
 * the resource as the key: what is said of one resource stays in order. The producer is idempotent,
 * so what it repeats by itself is kept once; what is sent again after it has given up, or by
 * another process, has the same id.
 */
final class KafkaCourier implements Courier {
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Sink.Kafka sink;
    private final Function<String, Optional<String>> secrets;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * @param secrets asked whenever a connection is made anew
     */
    KafkaCourier(Sink.Kafka sink, Function<String, Optional<String>> secrets) {
        this.sink = sink;
        this.secrets = secrets;
    }

    @Override
    public int most() {
        return sink.batch();
    }

    private CloudEvent event(UsageRecord slice) {
        return CloudEvent.of(slice, sink.source(), slice.slice().resource());
    }

    @Override
    public Optional<String> unfit(UsageRecord slice) {
        return CloudEventsContract.tooLarge(event(slice));
    }

    @Override
    public Optional<Finding> find(UsageRecord slice) {
        return Optional.empty(); // what all replicas in sync have is kept
    }

    /** The record of a slice. */
    static ProducerRecord<String, byte[]> record(String topic, CloudEvent event) {
        var key = (String) event.data().get("resource");
        var record = new ProducerRecord<>(topic, key, JsonBody.write(event.data()));
        event.attributes().forEach((name, value) -> add(record, "ce_" + name, value));
        add(record, "content-type", "application/json");
        return record;
    }

    private static void add(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Delivery bring(List<UsageRecord> slices, Instant now) {
        if (sink.secret() != null && secrets.apply(sink.secret()).isEmpty()) {
            var why = "there is no secret '%s'; make it, then resume".formatted(sink.secret());
            return new Delivery(new Verdict.Paused(why), why);
        }
        try {
            return bring(slices, producer());
        } catch (KafkaException e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivery(new Verdict.Later(null), "interrupted");
        }
    }

    private Delivery bring(List<UsageRecord> slices, Producer<String, byte[]> to)
            throws InterruptedException {
        var sent = new LinkedHashMap<UsageRecord, Future<RecordMetadata>>();
        for (var slice : slices) {
            var future = to.send(record(sink.topic(), event(slice)));
            sent.put(slice, future);
            // Whoever cannot be reached is not asked for each of them, which takes its time.
            if (future.state() == Future.State.FAILED) break;
        }
        to.flush();
        return outcome(slices, sent);
    }

    private Delivery outcome(
            List<UsageRecord> slices, Map<UsageRecord, Future<RecordMetadata>> sent)
            throws InterruptedException {
        var known = new HashSet<Long>();
        var refused = new HashMap<Long, String>();
        var failures = new ArrayList<Throwable>();
        for (var each : sent.entrySet()) {
            long seq = each.getKey().seq();
            try {
                each.getValue().get();
                known.add(seq);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException large) {
                    refused.put(seq, text(large));
                } else {
                    failures.add(e.getCause());
                }
            }
        }
        if (known.size() == slices.size()) return new Delivery(new Verdict.Delivered(), "stored");
        if (known.isEmpty() && refused.isEmpty()) return failed(failures.getFirst());
        var answer = "%d of %d stored".formatted(known.size(), slices.size());
        return new Delivery(new Verdict.Partly(known, refused), answer);
    }

    private Delivery failed(Throwable failure) {
        var why = text(failure);
        return switch (failure) {
            case AuthenticationException ignored -> pausedBy(why);
            case AuthorizationException ignored -> pausedBy(why);
            // The broker said so, or did not answer in time.
            case ApiException ignored -> new Delivery(new Verdict.Later(null), why);
            default -> {
                discard();
                yield new Delivery(new Verdict.Later(null), why);
            }
        };
    }

    private Delivery pausedBy(String why) {
        discard();
        var reason = why + "; mend the access or the secret, then resume";
        return new Delivery(new Verdict.Paused(reason), why);
    }

    private static String text(Throwable failure) {
        return Answer.excerpt(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            producer =
                    new KafkaProducer<>(
                            settings(), new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.putAll(sink.options());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, sink.servers());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        if (sink.secret() != null) {
            secrets.apply(sink.secret())
                    .ifPresent(value -> settings.put(SaslConfigs.SASL_JAAS_CONFIG, value));
        }
        return settings;
    }

    private void discard() {
        if (producer != null) producer.close(Duration.ZERO);
        producer = null;
    }

    @Override
    public void close() {
        if (producer != null) producer.close(FAREWELL);
        producer = null;
    }
}
