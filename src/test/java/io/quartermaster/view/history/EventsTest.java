package io.quartermaster.view.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.es.StreamId;
import io.quartermaster.machine.HostCommand;
import io.quartermaster.view.Samples;
import io.quartermaster.view.World;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {
    private final World world = new World();
    private final Events events =
            new Events(world.log, world.aggregates, world.codec, world.database);

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void an_event_is_shown_with_who_caused_it_and_what_it_says() {
        world.send("host", "h1", new HostCommand.Enrol(Samples.host(Map.of(), null), "hosts.yml"));
        world.send("host", "h1", new HostCommand.Quarantine("not-cleaned", "traces"));
        var entry = events.of(new StreamId("host", "h1"), 2, 10).getFirst();
        assertEquals("host.quarantined", entry.event());
        assertEquals("host/h1", entry.stream());
        assertEquals(2, entry.version());
        assertEquals("test", entry.actor());
        assertEquals(World.START, entry.at());
        assertEquals(Map.of("code", "not-cleaned", "reason", "traces"), entry.data());
    }

    @Test
    void every_event_is_on_one_page() {
        make();
        var seen = new ArrayList<Long>();
        var part = events.after(0, null, 3);
        while (!part.events().isEmpty()) {
            part.events().forEach(entry -> seen.add(entry.position()));
            part = events.after(part.next(), null, 3);
        }
        var all = world.log.read(0, 1000).stream().map(envelope -> envelope.position()).toList();
        assertEquals(all, seen);
        assertEquals(world.log.head(), part.head());
    }

    @Test
    void a_tenant_sees_what_happened_to_its_own_things_only() {
        make();
        var mine = events.after(0, "acme", 1000);
        assertTrue(mine.events().size() > 2);
        assertTrue(mine.events().stream().allMatch(entry -> entry.tenant().equals("acme")));
        assertEquals(world.log.head(), mine.next());
        assertEquals(List.of(), events.after(0, "nobody", 1000).events());
    }

    private void make() {
        world.machineClass("small", Map.of()).plan("base", "one").host("h1", Map.of());
        world.deployment("web", 2, "small", "base");
        world.deployment("theirs", Samples.deployment("other", 2, "small", "base"));
        world.allocate();
    }
}
