package io.quartermaster.view.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quartermaster.machine.HostCommand;
import io.quartermaster.step.Failure;
import io.quartermaster.view.World;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InspectionsTest {
    private static final Failure WHY =
            new Failure("host-unreachable", "no answer", "look", Failure.Retry.WORTHWHILE);

    private final World world =
            new World().host("a", Map.of()).host("b", Map.of()).host("c", Map.of());

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void hosts_never_looked_at_come_first_then_those_looked_at_longest_ago() {
        world.inspections.attempted("a", World.START.plusSeconds(20), null);
        world.inspections.attempted("b", World.START.plusSeconds(10), null);
        var later = World.START.plusSeconds(60);
        assertEquals(List.of("c", "b", "a"), world.inspections.due(later, later, 10));
        assertEquals(List.of("c", "b"), world.inspections.due(later, later, 2));
        assertEquals(
                List.of("c", "b"),
                world.inspections.due(World.START.plusSeconds(20), World.START, 10));
        world.send("host", "c", new HostCommand.Retire("sold"));
        assertEquals(List.of("b", "a"), world.inspections.due(later, later, 10));
    }

    @Test
    void a_host_shows_when_it_was_looked_at_and_why_that_failed() {
        assertNull(world.hosts.get("a").orElseThrow().inspectedAt());
        world.inspections.attempted("a", World.START.plusSeconds(20), WHY);
        assertEquals(WHY, world.hosts.get("a").orElseThrow().unreachable());
        // A late report of an earlier look changes nothing.
        world.inspections.attempted("a", World.START.plusSeconds(10), null);
        assertEquals(WHY, world.hosts.get("a").orElseThrow().unreachable());
        world.inspections.attempted("a", World.START.plusSeconds(30), null);
        assertNull(world.hosts.get("a").orElseThrow().unreachable());
    }
}
