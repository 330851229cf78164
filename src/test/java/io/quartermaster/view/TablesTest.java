package io.quartermaster.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import io.quartermaster.billing.account.Account;
import io.quartermaster.billing.usage.Fact;
import io.quartermaster.billing.usage.Facts;
import io.quartermaster.billing.usage.Meter;
import io.quartermaster.billing.usage.Timeline;
import io.quartermaster.deployment.Deployment;
import io.quartermaster.engine.Aggregates;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.StreamId;
import io.quartermaster.machine.Host;
import io.quartermaster.machine.Machine;
import io.quartermaster.tenant.Tenant;
import io.quartermaster.view.usage.Usage;
import io.quartermaster.volume.Volume;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {
    private static final int STEPS = 300;
    private final World world = new World();

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tables_built_anew_in_another_order_of_streams_are_equal(long seed) throws SQLException {
        happen(seed);
        var anew = TestPostgres.freshDatabase();
        World.createTables(anew, world.projections);
        try (var connection = anew.getConnection()) {
            World.project(connection, world.projections, shuffled(seed), 0);
        }
        assertEquals(rows(world.source), rows(anew));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void tables_say_what_the_rules_say(long seed) {
        happen(seed);
        int machines = 0;
        for (var envelope : world.log.read(0, 100_000)) {
            var stream = envelope.stream();
            if (envelope.version() != 1) continue;
            switch (stream.type()) {
                case "machine" -> {
                    compareMachine(stream);
                    machines++;
                }
                case "host" -> compareHost(stream);
                case "deployment" -> compareDeployment(stream);
                case "volume" -> compareVolume(stream);
                case "tenant" -> compareTenant(stream);
                default -> {}
            }
        }
        compareUsage();
        assertTrue(machines > 3, "seed " + seed + " made only " + machines + " machines");
    }

    private void happen(long seed) {
        var history = new RandomHistory(seed, world);
        for (int i = 0; i < STEPS; i++) history.step();
    }

    private void compareMachine(StreamId stream) {
        var loaded = aggregates().load(stream, Machine.class);
        var row = world.machines.get(stream.key()).orElseThrow();
        assertEquals(loaded.version(), row.version());
        switch (loaded.state()) {
            case Machine.None none -> throw new AssertionError(stream + " has events");
            case Machine.Released released -> assertEquals("released", row.phase());
            case Machine.Live live -> {
                assertEquals(live.phase().word(), row.phase(), stream.toString());
                assertEquals(live.spec(), row.spec());
                assertEquals(live.host(), row.host());
                assertEquals(live.runs(), row.run());
                assertEquals(live.failures(), row.failures());
                if (live.phase() instanceof Machine.Phase.Working(var run)) {
                    assertEquals(
                            run.fence(), world.runs.get(row.id(), row.run()).orElseThrow().fence());
                }
            }
        }
    }

    private void compareTenant(StreamId stream) {
        var loaded = aggregates().load(stream, Tenant.class);
        var account = aggregates().load(new StreamId("account", stream.key()), Account.class);
        var row = world.tenants.get(stream.key()).orElse(null);
        var tenant = loaded.state();
        if (tenant.spec() == null || account.state().terms() == null) {
            assertNull(row, stream.toString());
            return;
        }
        assertEquals(loaded.version(), row.version());
        assertEquals(tenant.spec(), row.spec());
        assertEquals(account.state().terms(), row.terms());
        assertEquals(tenant.closed(), row.closedAt() != null);
        assertEquals(tenant.held(Tenant.Quota.MACHINES), row.machines());
        assertEquals(tenant.held(Tenant.Quota.STORAGE), row.storageBytes());
        var restrictions = new TreeMap<Tenant.Cause, Tenant.Level>();
        row.restrictions().forEach(each -> restrictions.put(each.cause(), each.level()));
        assertEquals(new TreeMap<>(tenant.restrictions()), restrictions);
        var strongest = restrictions.values().stream().max(Tenant.Level::compareTo);
        var standing = strongest.map(Enum::name).orElse("ACTIVE").replace('_', '-');
        assertEquals(
                tenant.closed() ? "closed" : standing.toLowerCase(Locale.ROOT), row.standing());
    }

    private void compareHost(StreamId stream) {
        var loaded = aggregates().load(stream, Host.class);
        var row = world.hosts.get(stream.key()).orElseThrow();
        assertEquals(loaded.version(), row.version());
        switch (loaded.state()) {
            case Host.Unknown unknown -> throw new AssertionError(stream + " has events");
            case Host.Retired retired -> assertEquals("retired", row.state());
            case Host.Live live -> {
                assertEquals(live.state(), row.state());
                assertEquals(live.spec(), row.spec());
                assertEquals(live.keys(), row.keys());
                assertEquals(live.facts(), row.facts());
                assertEquals(live.occupancy().machine().orElse(null), row.machine());
            }
        }
    }

    private void compareDeployment(StreamId stream) {
        var loaded = aggregates().load(stream, Deployment.class);
        var row = world.deployments.get(stream.key());
        switch (loaded.state()) {
            case Deployment.None none -> assertTrue(row.isEmpty());
            case Deployment.Deleting deleting -> assertTrue(row.orElseThrow().deleting());
            case Deployment.Live live -> {
                assertEquals(live.spec(), row.orElseThrow().spec());
                assertEquals(live.revision(), row.orElseThrow().revision());
                assertEquals(loaded.version(), row.orElseThrow().version());
            }
        }
    }

    private void compareVolume(StreamId stream) {
        var loaded = aggregates().load(stream, Volume.class);
        var row = world.volumes.get(stream.key());
        switch (loaded.state()) {
            case Volume.None none -> throw new AssertionError(stream + " has events");
            case Volume.Gone gone -> assertTrue(row.isEmpty(), stream.toString());
            case Volume.Live live -> {
                assertEquals(live.spec(), row.orElseThrow().spec());
                assertEquals(live.tenant(), row.orElseThrow().tenant());
                assertEquals(loaded.version(), row.orElseThrow().version());
            }
        }
    }

    /** What was metered event by event is what all facts together say. */
    private void compareUsage() {
        var facts = new HashMap<StreamId, List<Fact>>();
        for (var envelope : world.log.read(0, 100_000)) {
            Facts.of(envelope)
                    .ifPresent(
                            fact ->
                                    facts.computeIfAbsent(
                                                    envelope.stream(), any -> new ArrayList<>())
                                            .add(fact));
        }
        var from = World.START.minusSeconds(1_000);
        var to = world.now().plusSeconds(1_000);
        var metered = new Usage(world.source, world.json).of("", from, to, to);
        var expected =
                facts.entrySet().stream()
                        .sorted(Comparator.comparing(each -> each.getKey().toString()))
                        .flatMap(
                                each -> {
                                    var segments = Timeline.of(each.getValue());
                                    var resource = each.getKey().toString();
                                    return segments.stream()
                                            .flatMap(
                                                    segment ->
                                                            Meter.slices(
                                                                    resource,
                                                                    List.of(segment),
                                                                    segment.status().tenant(),
                                                                    from,
                                                                    to)
                                                                    .stream());
                                })
                        .toList();
        assertEquals(expected, metered);
        assertTrue(metered.size() > 10, "only " + metered.size() + " slices");
    }

    private Aggregates aggregates() {
        return world.aggregates;
    }

    /** Keeps the order within each stream, and only that: so may parallel readers. */
    private List<Envelope<?>> shuffled(long seed) {
        var streams = new LinkedHashMap<StreamId, List<Envelope<?>>>();
        for (var envelope : world.log.read(0, 100_000)) {
            streams.computeIfAbsent(envelope.stream(), any -> new ArrayList<>()).add(envelope);
        }
        var order = new ArrayList<>(streams.values());
        Collections.shuffle(order, new Random(seed));
        return order.stream().<Envelope<?>>flatMap(List::stream).toList();
    }

    private Map<String, List<String>> rows(DataSource source) {
        return Tables.rows(new Database(source, world.json));
    }
}
