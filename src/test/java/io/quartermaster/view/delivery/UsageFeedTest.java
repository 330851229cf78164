package io.quartermaster.view.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.TestPostgres;
import io.quartermaster.app.Domain;
import io.quartermaster.billing.usage.Count;
import io.quartermaster.engine.Database;
import io.quartermaster.es.Envelope;
import io.quartermaster.es.Metadata;
import io.quartermaster.es.StreamId;
import io.quartermaster.view.Json;
import io.quartermaster.view.World;
import io.quartermaster.view.delivery.UsageFeed.Limits;
import io.quartermaster.view.ledger.Books;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeEvent;
import io.quartermaster.volume.VolumeEvent.Ending;
import io.quartermaster.volume.VolumeSpec;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The feed on the real view, in a real database. */
class UsageFeedTest {
    private static final Instant START = Instant.parse("2026-01-01T00:20:00Z");
    private static final Limits SMALL = new Limits(3, 2, 9, 20);
    private static final Metadata METADATA =
            new Metadata("test", new UUID(0, 1), new UUID(0, 1), new UUID(0, 1), "");

    private static final String COMPARE =
            """
            WITH used AS (
              SELECT resource, tenant, sum((status ->> 'size')::numeric * extract(epoch FROM
                CASE WHEN to_at <= ? THEN to_at
                  ELSE greatest(from_at, date_trunc('hour', ?::timestamptz, 'UTC')) END
                - from_at)) AS quantity
              FROM usage_segment WHERE present GROUP BY resource, tenant),
            sent AS (
              SELECT resource, tenant, sum(quantity) AS quantity FROM usage_slice
              GROUP BY resource, tenant)
            SELECT concat_ws(' ', resource, tenant, u.quantity, s.quantity)
            FROM used u FULL JOIN sent s USING (resource, tenant)
            WHERE coalesce(u.quantity, 0) <> coalesce(s.quantity, 0)""";

    private final DataSource source = TestPostgres.freshDatabase();
    private final Database database = new Database(source);
    private final Json json = new Json(Domain.codec());
    private final Books view = new Books(json);
    private UsageFeed feed = new UsageFeed(source, json, Limits.ORDINARY);
    private long position;

    UsageFeedTest() {
        World.createTables(source, List.of(view));
    }

    private Envelope<?> event(String volume, Instant at, VolumeEvent event) {
        position++;
        return new Envelope<>(
                position,
                new StreamId("volume", volume),
                position,
                new UUID(7, position),
                "acme",
                at,
                at,
                METADATA,
                event);
    }

    private void tell(Envelope<?> event) {
        try (var connection = source.getConnection()) {
            World.project(connection, List.of(view), List.of(event), 0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void create(String volume, Instant at, long size) {
        tell(event(volume, at, new VolumeEvent.Created("acme", spec(size))));
    }

    private static VolumeSpec spec(long size) {
        return new VolumeSpec(size, "ssd", false, Map.of("env", "prod"));
    }

    private static VolumeEvent seen(long size, Instant at) {
        return new VolumeEvent.Reported("acme", new Sighting(spec(size), at, 0));
    }

    private void lookAtAll(Instant now) {
        while (feed.look(now).more()) {
            // until nothing is left
        }
    }

    private List<String> slices() {
        return database.query(
                """
                SELECT concat_ws(' ', resource, to_char(from_at AT TIME ZONE 'UTC', 'HH24:MI'),
                  to_char(to_at AT TIME ZONE 'UTC', 'HH24:MI'), revision, quantity) AS text
                FROM usage_slice ORDER BY seq""",
                row -> row.getString(1));
    }

    @Test
    void what_is_used_is_sent_on_at_each_full_hour() {
        create("a", START, 2);
        lookAtAll(START.plusSeconds(60));

        lookAtAll(Instant.parse("2026-01-01T02:00:00Z"));

        assertEquals(
                List.of("volume/a 00:20 01:00 1 4800", "volume/a 01:00 02:00 1 7200"), slices());
    }

    @Test
    void what_was_counted_is_sent_on_once() {
        position++;
        var record =
                new Count.Record(
                        "acme", "mails", "", "shop", "", START.plusMillis(7), 12, Map.of());
        tell(
                new Envelope<>(
                        position,
                        Count.stream("acme", "1"),
                        1,
                        new UUID(7, position),
                        "acme",
                        START,
                        START,
                        METADATA,
                        new Count.Event.Counted(record)));
        lookAtAll(START.plusSeconds(60));
        lookAtAll(START.plusSeconds(7_200));

        assertEquals(List.of("usage/acme/1 00:20 00:20 1 12"), slices());
        var sent =
                database.query(
                        "SELECT meter || ' ' || (labels->>'resource') FROM usage_slice",
                        row -> row.getString(1));
        assertEquals(List.of("mails shop"), sent);
    }

    @Test
    void what_has_ended_is_sent_on_at_once() {
        create("a", START, 2);
        var end = START.plusSeconds(90);
        tell(event("a", end, new VolumeEvent.Deleted(Ending.USER, "", end, 0)));

        lookAtAll(end);

        assertEquals(List.of("volume/a 00:20 00:21 1 180"), slices());
    }

    @Test
    void a_look_that_is_repeated_finds_nothing() {
        create("a", START, 2);
        lookAtAll(Instant.parse("2026-01-01T05:10:00Z"));
        int before = slices().size();

        lookAtAll(Instant.parse("2026-01-01T05:20:00Z"));

        assertEquals(before, slices().size());
    }

    @Test
    void a_clock_that_is_behind_takes_nothing_back() {
        create("a", START, 2);
        lookAtAll(Instant.parse("2026-01-01T05:10:00Z"));
        var before = slices();
        tell(event("a", START.plusSeconds(60), new VolumeEvent.Relabelled(spec(2))));

        lookAtAll(Instant.parse("2026-01-01T03:10:00Z"));

        assertEquals(before, slices());
    }

    @Test
    void a_stream_that_was_parked_is_sent_on_when_the_view_has_it() {
        create("a", START, 2);
        var late = event("b", START, new VolumeEvent.Created("acme", spec(3)));
        create("c", START, 4);
        park("volume/b");
        lookAtAll(Instant.parse("2026-01-01T01:00:00Z"));
        database.update("DELETE FROM parked_stream");
        tell(late);

        lookAtAll(Instant.parse("2026-01-01T01:00:00Z"));

        assertEquals("volume/b 00:20 01:00 1 7200", slices().getLast());
    }

    private void park(String stream) {
        database.update(
                """
                INSERT INTO parked_stream (
                  subscriber, stream, slice, version, position, attempts, error)
                VALUES ('books.v1', ?, 0, 1, 1, 1, 'for the test')""",
                stream);
    }

    @Test
    void two_feeds_at_once_make_each_slice_once() {
        for (int i = 0; i < 20; i++) create("v" + i, START, 1 + i);
        var now = Instant.parse("2026-01-01T09:00:00Z");

        var one = CompletableFuture.runAsync(() -> lookAtAll(now));
        var other = CompletableFuture.runAsync(() -> lookAtAll(now));
        CompletableFuture.allOf(one, other).join();

        assertEquals(20 * 9, slices().size());
    }

    @Test
    void a_long_life_is_sent_on_in_short_transactions() {
        feed = new UsageFeed(source, json, SMALL);
        create("a", START, 1);
        feed.look(START.plus(Duration.ofDays(2)));

        var look = feed.look(START.plus(Duration.ofDays(2)));

        assertEquals(18, slices().size());
        assertTrue(look.more());
    }

    /** Late, early and in between, on several volumes, with small and with ordinary limits. */
    @Test
    void what_was_sent_adds_up_to_the_view_for_random_histories() {
        for (long seed = 1; seed <= 25; seed++) {
            var random = new Random(seed);
            feed = new UsageFeed(source, json, random.nextBoolean() ? SMALL : Limits.ORDINARY);
            forget();
            var now = run(random);
            assertEquals(List.of(), differences(now), "seed " + seed);
        }
    }

    private void forget() {
        for (var table : List.of("usage_slice", "usage_fed", "usage_fact", "usage_segment")) {
            database.update("DELETE FROM " + table);
        }
        database.update("UPDATE usage_feed SET looked_at = '-infinity'");
    }

    private Instant run(Random random) {
        var now = START;
        for (int i = 0; i < 12; i++) {
            now = now.plusSeconds(random.nextInt(9_000));
            var volume = "v" + random.nextInt(3);
            var at = now.minusSeconds(random.nextInt(2) * random.nextInt(30_000));
            tell(event(volume, at, change(random, at)));
            if (random.nextBoolean()) feed.look(now);
        }
        lookAtAll(now);
        return now;
    }

    private static VolumeEvent change(Random random, Instant at) {
        return switch (random.nextInt(5)) {
            case 0 -> new VolumeEvent.Deleted(Ending.REPORTED, "", at, 0);
            case 1 -> new VolumeEvent.Resized(0, random.nextInt(9));
            case 2 -> new VolumeEvent.HandedOver("acme", random.nextBoolean() ? "acme" : "bmc");
            default -> seen(1 + random.nextInt(9), at);
        };
    }

    /** Compared in SQL, and for whole lives: nothing of the feed's own arithmetic. */
    private List<String> differences(Instant now) {
        return database.query(COMPARE, row -> row.getString(1), now, now);
    }

    @Test
    void the_comparison_notices_a_slice_that_is_missing() {
        create("a", START, 2);
        var now = Instant.parse("2026-01-01T03:00:00Z");
        lookAtAll(now);
        database.update("DELETE FROM usage_slice WHERE seq = 2");

        var found = differences(now);

        assertFalse(found.isEmpty());
    }
}
