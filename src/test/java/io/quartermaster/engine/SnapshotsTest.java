package io.quartermaster.engine;

import static io.quartermaster.engine.Scene.add;
import static io.quartermaster.engine.Scene.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.PostgresLog.Limits;
import io.quartermaster.engine.Tally.Sum;
import io.quartermaster.engine.wire.Shapes;
import io.quartermaster.es.StreamId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private static final StreamId ONE = Tally.stream("one");
    private final TestDatabase postgres = new TestDatabase();
    private final Database database = postgres.database();
    private final PostgresLog log =
            new PostgresLog(database, Tally.codec(), Limits.ORDINARY, Meters.none());
    private final Rules rules = new Rules(List.of(new Tally()));
    private final Snapshots snapshots = new PostgresSnapshots(database, Tally.codec());
    private final Aggregates aggregates = new Aggregates(rules, log, snapshots, 5);
    private final Dispatcher dispatcher = new Dispatcher(rules, aggregates, log);

    @BeforeEach
    void tenEvents() {
        for (int i = 0; i < 10; i++) dispatcher.send(add(ONE, 1), ask());
        assertEquals(10, load().version());
        assertEquals(1, kept());
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private Loaded<Sum> load() {
        return aggregates.load(ONE, Sum.class);
    }

    private int kept() {
        var sql = "SELECT snapshot_version FROM stream WHERE snapshot IS NOT NULL";
        return database.query(sql, row -> row.getLong(1)).size();
    }

    private void falsify() {
        database.update("UPDATE stream SET snapshot = jsonb_set(snapshot, '{total}', '900')");
    }

    @Test
    void a_state_is_folded_from_its_snapshot() {
        falsify();
        assertTrue(load().state() instanceof Sum.Open(int total, int _) && total >= 900);
        assertEquals(10, load().version());
    }

    @Test
    void a_deleted_snapshot_changes_nothing() {
        var before = load();
        database.update(
                "UPDATE stream SET snapshot = NULL, snapshot_version = NULL, snapshot_shape = NULL");
        assertEquals(before, load());
        assertEquals(new Sum.Open(10, 10), before.state());
    }

    @Test
    void a_snapshot_of_another_shape_is_void() {
        falsify();
        database.update("UPDATE stream SET snapshot_shape = '2-' || snapshot_shape");
        assertEquals(new Sum.Open(10, 10), load().state());
        assertNotEquals(Shapes.fingerprint(Sum.class), Shapes.fingerprint(Tally.Event.class));
    }

    @Test
    void an_unreadable_snapshot_is_void() {
        database.update("UPDATE stream SET snapshot = '{\"kind\": \"gone\"}'");
        assertEquals(new Sum.Open(10, 10), load().state());
    }

    @Test
    void the_past_is_not_folded_from_a_later_snapshot() {
        falsify();
        assertEquals(new Sum.Open(3, 3), aggregates.loadAt(ONE, 3, Sum.class).state());
    }
}
