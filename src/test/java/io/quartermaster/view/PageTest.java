package io.quartermaster.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.machine.HostCommand;
import io.quartermaster.view.host.HostRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private final World world = new World();

    @AfterEach
    void close() throws SQLException {
        world.close();
    }

    @Test
    void what_comes_and_goes_between_pages_neither_hides_nor_repeats_the_rest() {
        var names = IntStream.range(0, 25).mapToObj("host-%02d"::formatted).toList();
        for (var name : names) world.host(name, Map.of());
        var listing = Listing.ALL.limit(10);
        var seen = new ArrayList<String>();
        var first = world.hosts.list(listing);
        first.items().forEach(host -> seen.add(host.name()));

        // The page's last host goes, one before it comes, and one comes after it.
        world.send("host", "host-09", new HostCommand.Retire("sold"));
        world.host("host-00a", Map.of());
        world.host("host-10a", Map.of());

        var second = world.hosts.list(listing.from(first.next()));
        second.items().forEach(host -> seen.add(host.name()));
        var third = world.hosts.list(listing.from(second.next()));
        third.items().forEach(host -> seen.add(host.name()));
        assertNull(third.next());

        var expected = new ArrayList<>(names);
        expected.add(11, "host-10a");
        assertEquals(expected, seen);
    }

    @Test
    void a_page_that_ends_with_the_list_has_no_cursor() {
        for (var name : List.of("a", "b")) world.host(name, Map.of());
        var page = world.hosts.list(Listing.ALL.limit(2));
        assertEquals(List.of("a", "b"), page.items().stream().map(HostRow::name).toList());
        assertNull(page.next());
    }

    @Test
    void a_list_shows_one_tenants_things_in_one_state() {
        world.machineClass("small", Map.of()).plan("base", "one");
        world.deployment("mine", 2, "small", "base");
        world.deployment("theirs", Samples.deployment("other", 3, "small", "base"));
        assertEquals(5, world.machines.list(Listing.ALL).items().size());
        assertEquals(2, world.machines.list(Listing.ALL.of("acme")).items().size());
        assertEquals(
                3, world.machines.list(Listing.ALL.of("other").in("requested")).items().size());
        assertEquals(0, world.machines.list(Listing.ALL.of("other").in("ready")).items().size());
        assertEquals(1, world.deployments.list(Listing.ALL.of("acme")).items().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "not base64!", "AAAA", "/w", "4pyT==x", "a\u0000"})
    void a_cursor_of_somebody_else_is_refused(String cursor) {
        var listing = Listing.ALL.from(cursor);
        var refused = assertThrows(InvalidQuery.class, () -> world.hosts.list(listing));
        assertEquals("cursor-invalid", refused.code());
    }

    @Test
    void a_cursor_by_name_is_refused_where_numbers_count() {
        var listing = Listing.ALL.from(Cursor.after("host-09"));
        assertThrows(InvalidQuery.class, () -> world.runs.ofMachine("m", listing));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501, Integer.MAX_VALUE})
    void a_limit_out_of_bounds_is_refused(int limit) {
        assertEquals(
                "limit-invalid",
                assertThrows(InvalidQuery.class, () -> Listing.ALL.limit(limit)).code());
    }
}
