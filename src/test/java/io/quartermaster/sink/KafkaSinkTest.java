package io.quartermaster.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka, with a real broker. */
class KafkaSinkTest {
    private static final int SLICES = 60;

    @TempDir Path directory;

    private static Sink sink(Broker broker) {
        return new Sink.Kafka(
                "test",
                false,
                "urn:q",
                broker.address(),
                "usage",
                20,
                null,
                Map.of(
                        "max.block.ms", "3000",
                        "request.timeout.ms", "1500",
                        "delivery.timeout.ms", "3000"));
    }

    @Test
    void each_slice_arrives_exactly_once_and_in_order_although_the_broker_restarts()
            throws Exception {
        try (var broker = new Broker(directory)) {
            var bench = new SinkBench(sink(broker)).slices(SLICES);
            bench.sendOnce();
            assertEquals(20, bench.state().cursor(), bench.state().toString());
            broker.stop();
            bench.sendOnce();
            int failures = bench.state().failures();
            broker.start();

            bench.sendAll();

            bench.end();
            assertTrue(failures > 0);
            var records = records(broker);
            var ids = records.stream().map(each -> header(each, "ce_id")).toList();
            assertEquals(SLICES, ids.size());
            assertEquals(new HashSet<>(bench.ids()), new HashSet<>(ids));
            for (var resource : List.of("machine/m0", "machine/m1", "machine/m2")) {
                assertEquals(inOrder(bench, resource, records), arrived(resource, records));
            }
            isCloudEvent(records.getFirst());
        }
    }

    private static void isCloudEvent(ConsumerRecord<String, String> record) {
        assertEquals("1.0", header(record, "ce_specversion"));
        assertEquals("urn:q", header(record, "ce_source"));
        assertEquals("io.quartermaster.usage.machine.v1", header(record, "ce_type"));
        assertEquals("application/json", header(record, "content-type"));
        var data = JsonBody.read(record.value());
        assertEquals("3600", data.path("quantity").asText());
        assertEquals(record.key(), data.path("resource").asText());
    }

    private static List<String> arrived(
            String resource, List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .filter(each -> resource.equals(each.key()))
                .map(each -> header(each, "ce_id"))
                .toList();
    }

    private static List<String> inOrder(
            SinkBench bench, String resource, List<ConsumerRecord<String, String>> records) {
        var own = new HashSet<>(arrived(resource, records));
        return bench.ids().stream().filter(own::contains).toList();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** All that is in the topic, up to where it ended when this was asked. */
    private static List<ConsumerRecord<String, String>> records(Broker broker) {
        var settings =
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.address(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false);
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions =
                    consumer.partitionsFor("usage").stream()
                            .map(each -> new TopicPartition(each.topic(), each.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, String>>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
