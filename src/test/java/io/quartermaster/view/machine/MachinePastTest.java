package io.quartermaster.view.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.machine.MachineCommand;
import io.quartermaster.view.InvalidQuery;
import io.quartermaster.view.Listing;
import io.quartermaster.view.RandomHistory;
import io.quartermaster.view.World;
import io.quartermaster.view.history.Difference;
import io.quartermaster.view.history.Moment;
import io.quartermaster.view.history.Past;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachinePastTest {
    private final World world = new World();
    private final MachinePast past =
            new MachinePast(new Past(world.database, world.aggregates), world.json);

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void the_past_is_what_was_the_present_then() {
        var history = new RandomHistory(11, world);
        var then = new TreeMap<Instant, List<MachineRow>>();
        for (int i = 0; i < 200; i++) {
            history.step();
            then.put(world.now(), all());
        }
        int compared = 0;
        for (var rows : then.values()) {
            for (var row : rows) {
                var version = new Moment.Version(row.version());
                assertEquals(Optional.of(row), past.at(row.id(), version));
                compared++;
            }
        }
        assertTrue(compared > 100, "only " + compared + " compared");
        var middle = new ArrayList<>(then.keySet()).get(100);
        for (var row : then.get(middle)) {
            assertEquals(Optional.of(row), past.at(row.id(), new Moment.Time(middle)));
        }
    }

    @Test
    void nothing_stays_of_a_look_into_the_past() {
        var id = one();
        var before = world.machines.get(id);
        past.at(id, new Moment.Version(1));
        assertEquals(before, world.machines.get(id));
        assertEquals(
                List.of(),
                world.database.list(
                        "SELECT relname AS name FROM pg_class WHERE relpersistence = 't'"
                                + " AND relnamespace = pg_my_temp_schema()",
                        row -> row.text("name")));
    }

    @Test
    void a_machine_was_not_before_it_was_requested() {
        var id = one();
        assertEquals(Optional.empty(), past.at(id, new Moment.Version(0)));
        var before = new Moment.Time(World.START.minusNanos(1000));
        assertEquals(Optional.empty(), past.at(id, before));
        assertEquals(Optional.empty(), past.at("nobody", new Moment.Version(9)));
    }

    @Test
    void two_moments_differ_in_what_happened_between_them() {
        var id = one();
        world.pass(Duration.ofSeconds(1)).allocate();
        world.pass(Duration.ofSeconds(1));
        world.machine(id, new MachineCommand.ClaimRun(1, 7, "r1", world.now()));
        var differences = past.differences(id, new Moment.Version(1), new Moment.Version(99));
        var byPointer =
                differences.stream()
                        .collect(Collectors.toMap(Difference::pointer, Function.identity()));
        var phase = byPointer.get("/phase");
        assertEquals("requested", phase.from());
        assertEquals("provisioning", phase.to());
        assertEquals(new Difference("/host", null, "h1"), byPointer.get("/host"));
        assertEquals(new Difference("/run", 0, 1), byPointer.get("/run"));
        var same = new Moment.Version(2);
        assertEquals(List.of(), past.differences(id, same, same));
    }

    @Test
    void a_moment_is_a_version_or_a_time() {
        assertEquals(new Moment.Version(7), Moment.parse("at", "7"));
        assertEquals(new Moment.Time(World.START), Moment.parse("at", World.START.toString()));
        for (var text :
                List.of("", "-1", "yesterday", "2026-11-01", "9".repeat(19), "x".repeat(999))) {
            var refused = assertThrows(InvalidQuery.class, () -> Moment.parse("at", text));
            assertTrue(refused.getMessage().length() < 200, refused.getMessage());
        }
    }

    private String one() {
        world.machineClass("small", Map.of()).plan("base", "one").host("h1", Map.of());
        world.deployment("web", 1, "small", "base");
        return all().getFirst().id();
    }

    private List<MachineRow> all() {
        return world.machines.list(Listing.ALL).items();
    }
}
