package io.quartermaster.engine.subscription;

import static io.quartermaster.engine.Scene.adding;
import static io.quartermaster.engine.Scene.command;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Meters;
import io.quartermaster.engine.PostgresLog;
import io.quartermaster.engine.PostgresLog.Limits;
import io.quartermaster.engine.Slices;
import io.quartermaster.engine.SqlTx;
import io.quartermaster.engine.StorageFailure;
import io.quartermaster.engine.Tally;
import io.quartermaster.engine.Tally.Event;
import io.quartermaster.engine.TestDatabase;
import io.quartermaster.engine.TickingClock;
import io.quartermaster.es.Envelope;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    private final TickingClock clock = new TickingClock();
    private final TestDatabase postgres = new TestDatabase();
    private final PostgresLog log =
            new PostgresLog(postgres.database(), Tally.codec(), Limits.ORDINARY, Meters.none());
    private final Projections first = projections(new Sums(1, "total"));
    private long epoch;

    /** Sums by stream, in a column whose name the versions do not agree on. */
    private record Sums(int version, String column) implements Projection {
        @Override
        public String name() {
            return "sum-table";
        }

        @Override
        public Set<Class<?>> eventRoots() {
            return Set.of(Event.class);
        }

        @Override
        public List<String> tables() {
            return List.of(
                    "CREATE TABLE sum (stream text PRIMARY KEY, %s bigint NOT NULL)"
                            .formatted(column));
        }

        @Override
        public void apply(Envelope<?> event, SqlTx tx) throws SQLException {
            tx.update(
                    "INSERT INTO sum VALUES (?, 1) ON CONFLICT (stream) DO UPDATE SET %s = sum.%s + 1"
                            .formatted(column, column),
                    event.stream());
        }
    }

    private Projections projections(Projection projection) {
        return new Projections(postgres.database(), List.of(projection), clock);
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    private void append(int events) {
        log.append(command(adding(Tally.stream("one"), new Expected.Any(), events)));
    }

    private void run(Projections projections) {
        projections.subscriptions().forEach(this::run);
    }

    private void run(Subscription subscription) {
        var store = new PostgresSubscriptions(postgres.database());
        var settings = SubscriberSettings.ordinary(clock, new Random(1));
        var ports = new Subscriber.Ports(log, store, settings);
        var subscriber = new Subscriber(subscription, Slices.ALL, ++epoch, ports);
        while (!subscriber.poll().idle()) continue;
        assertEquals(List.of(), store.parked());
    }

    private long shown(String column) {
        return value("SELECT coalesce(sum(%s), 0) FROM sum".formatted(column));
    }

    private long value(String sql) {
        return postgres.database().query(sql, row -> row.getLong(1)).getFirst();
    }

    @Test
    void the_first_build_is_shown_from_the_start() {
        append(3);
        var subscriptions = first.subscriptions();
        assertEquals(0, shown("total"));
        run(subscriptions.getFirst());
        assertEquals(3, shown("total"));
        assertFalse(first.advance());
    }

    @Test
    void a_new_version_is_built_beside_the_old_one_and_shown_when_it_has_caught_up() {
        append(3);
        run(first);
        var second = projections(new Sums(2, "amount"));
        var building = second.subscriptions();
        assertFalse(second.advance());
        assertEquals(3, shown("total"));

        run(building.getFirst());
        assertTrue(second.advance());

        assertEquals(3, shown("amount"));
        assertThrows(StorageFailure.class, () -> shown("total"));
        append(1);
        run(second);
        assertEquals(4, shown("amount"));
    }

    @Test
    void a_build_is_not_shown_before_it_has_come_as_far_as_the_one_that_is() {
        append(1);
        run(first);
        first.rebuild("sum-table");
        var rebuilding = first.subscriptions().getFirst();
        run(rebuilding);
        append(2);
        run(first.subscriptions().getLast());
        assertFalse(first.advance());
        run(rebuilding);
        assertTrue(first.advance());
        assertEquals(3, shown("total"));
    }

    @Test
    void a_rebuilt_view_equals_the_live_one() {
        append(5);
        run(first);
        postgres.database().update("UPDATE sum SET total = 77");
        assertEquals(77, shown("total"));

        var build = first.rebuild("sum-table");
        assertEquals(build, first.rebuild("sum-table"));
        run(first);
        assertTrue(first.advance());

        assertEquals(5, shown("total"));
        assertEquals(build.number(), first.serving("sum-table").orElseThrow().number());
        assertEquals(1, first.subscriptions().size());
    }

    @Test
    void a_deleted_table_can_be_rebuilt() {
        append(2);
        run(first);
        var schema = first.serving("sum-table").orElseThrow().schema();
        postgres.database().update("DROP TABLE " + schema + ".sum CASCADE");
        assertThrows(StorageFailure.class, () -> shown("total"));

        first.rebuild("sum-table");
        run(first.subscriptions().getFirst());
        assertTrue(first.advance());

        assertEquals(2, shown("total"));
    }

    @Test
    void a_program_of_the_version_before_goes_on_filling_its_own_tables() {
        append(1);
        run(first);
        var second = projections(new Sums(2, "amount"));
        run(second);
        assertTrue(second.advance());
        append(1);

        run(first);

        assertEquals(1, first.subscriptions().size());
        assertEquals(1, shown("amount"));
        assertEquals(2, value("SELECT total FROM sum_table_1.sum"));
    }

    @Test
    void what_rests_is_dropped_when_the_next_build_is_made() {
        run(first);
        for (int i = 0; i < 3; i++) {
            first.rebuild("sum-table");
            run(first);
            assertTrue(first.advance());
        }
        var schemas = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'sum_table_%'";
        assertEquals(2, value(schemas));
        assertThrows(IllegalArgumentException.class, () -> first.rebuild("no-such"));
    }
}
