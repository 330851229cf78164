package io.quartermaster.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.Decided;
import io.quartermaster.engine.Decided.Change;
import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Ids;
import io.quartermaster.engine.Meters;
import io.quartermaster.engine.PostgresLog;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.TestDatabase;
import io.quartermaster.engine.subscription.PostgresSubscriptions;
import io.quartermaster.engine.subscription.Projections;
import io.quartermaster.engine.subscription.Subscriber;
import io.quartermaster.engine.subscription.SubscriberSettings;
import io.quartermaster.engine.subscription.Subscription;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.view.history.Subscriptions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The projections as the engine runs them, on its log. */
class RebuildTest {
    private final World world = new World();
    private final TestDatabase postgres = new TestDatabase();
    private final PostgresLog log =
            new PostgresLog(
                    postgres.database(), world.codec, PostgresLog.Limits.ORDINARY, Meters.none());
    private final PostgresSubscriptions store = new PostgresSubscriptions(postgres.database());
    private final InstantSource clock = InstantSource.system();
    private final Projections projections =
            new Projections(postgres.database(), world.projections, clock);
    private long epoch;

    @AfterEach
    void close() throws SQLException {
        postgres.close();
        world.close();
    }

    @Test
    void tables_built_anew_equal_those_that_were_kept_while_it_happened() {
        happen(21);
        var live = open(Slices.split(3));
        var random = new Random(21);
        for (var envelope : world.log.read(0, 100_000)) {
            append(envelope);
            if (random.nextInt(7) == 0) live.get(random.nextInt(live.size())).poll();
        }
        live.forEach(RebuildTest::catchUp);
        var before = rows();

        for (var projection : world.projections) projections.rebuild(projection.name());
        open(List.of(Slices.ALL)).forEach(RebuildTest::catchUp);
        assertTrue(projections.advance());

        assertEquals(before, rows());
        assertEquals(List.of(), store.parked());
        for (var projection : world.projections) {
            assertEquals(2, projections.serving(projection.name()).orElseThrow().number());
        }
    }

    @Test
    void readers_say_how_far_they_are_behind() {
        happen(22);
        var subscribers = open(List.of(Slices.ALL));
        world.log.read(0, 40).forEach(this::append);
        var subscriptions =
                new Subscriptions(log, store, () -> clock.instant().plus(Duration.ofHours(1)));
        for (var standing : subscriptions.all()) {
            assertEquals(40, standing.behind(), standing.name());
            assertTrue(standing.late().compareTo(Duration.ofMinutes(59)) > 0, standing.name());
        }
        subscribers.forEach(RebuildTest::catchUp);
        var table =
                subscriptions.all().stream()
                        .filter(standing -> standing.name().startsWith("host-table"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(table.behind() < 40, table.toString());
        assertEquals(0, table.parked() + table.deadLetters());
        assertFalse(subscriptions.all().isEmpty());
    }

    private void happen(long seed) {
        var history = new RandomHistory(seed, world);
        for (int i = 0; i < 200; i++) history.step();
    }

    private void append(Envelope<?> envelope) {
        var id = Ids.derive(envelope.eventId(), "copy");
        var change =
                new Change(
                        envelope.stream(),
                        envelope.tenant(),
                        new Expected.Any(),
                        List.of(envelope.event()));
        log.append(new Decided(new Metadata("test", id, id, id, ""), List.of(change), null));
    }

    private List<Subscriber> open(List<Slices> shares) {
        var settings = SubscriberSettings.ordinary(clock, new Random(1));
        var ports = new Subscriber.Ports(log, store, settings);
        var subscribers = new ArrayList<Subscriber>();
        for (var subscription : fillingNow()) {
            for (var share : shares) {
                subscribers.add(new Subscriber(subscription, share, ++epoch, ports));
            }
        }
        return subscribers;
    }

    /** Those that nobody has opened yet: the newest build of each projection. */
    private List<Subscription> fillingNow() {
        var newest = new TreeMap<String, Subscription>();
        for (var subscription : projections.subscriptions()) {
            var projection = subscription.name().substring(0, subscription.name().indexOf('.'));
            newest.merge(
                    projection,
                    subscription,
                    (one, other) -> one.name().compareTo(other.name()) > 0 ? one : other);
        }
        return List.copyOf(newest.values());
    }

    private static void catchUp(Subscriber subscriber) {
        while (!subscriber.poll().idle()) continue;
    }

    private Map<String, List<String>> rows() {
        return Tables.rows(new Database(postgres.pool(), world.json));
    }
}
