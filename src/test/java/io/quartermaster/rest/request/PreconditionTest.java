package io.quartermaster.rest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quartermaster.engine.Expected;
import io.quartermaster.engine.Order;
import io.quartermaster.es.StreamId;
import io.quartermaster.rest.problem.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionTest {
    private static final Order ORDER = new Order(new StreamId("host", "h1"), "", "command");

    @Test
    void without_a_header_nothing_is_supposed() {
        assertEquals(ORDER, Precondition.of(null, null).bind(ORDER, 7, true));
    }

    @Test
    void a_matching_tag_binds_the_order_to_its_version() {
        var bound = Precondition.of("\"7\"", null).bind(ORDER, 7, true);
        assertEquals(new Expected.Exactly(7), bound.expected());
    }

    @Test
    void one_matching_tag_of_several_is_enough() {
        var bound = Precondition.of("\"3\", \"7\"", null).bind(ORDER, 7, true);
        assertEquals(new Expected.Exactly(7), bound.expected());
    }

    @Test
    void another_version_fails_with_both_versions() {
        var refused = fails(Precondition.of("\"6\"", null), 7, true);
        assertEquals("6", refused.problem().expected());
        assertEquals("7", refused.problem().actual());
    }

    @Test
    void a_weak_tag_never_matches_because_the_comparison_is_strong() {
        fails(Precondition.of("W/\"7\"", null), 7, true);
    }

    @Test
    void a_tag_of_a_thing_that_was_deleted_does_not_match_even_at_that_version() {
        assertEquals("none", fails(Precondition.of("\"7\"", null), 7, false).problem().actual());
    }

    @Test
    void a_star_wants_the_thing_to_be_there() {
        var present = Precondition.of("*", null);
        assertEquals(new Expected.Exactly(7), present.bind(ORDER, 7, true).expected());
        fails(present, 7, false);
    }

    @Test
    void none_match_wants_a_new_thing_and_binds_to_the_remains_of_a_deleted_one() {
        var absent = Precondition.of(null, "*");
        assertEquals(new Expected.Exactly(7), absent.bind(ORDER, 7, false).expected());
        fails(absent, 7, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"seven\"", "", "\"7", "\"7\" \"8\"", "\"7\",", "\"-1\""})
    void garbage_is_refused_and_told_what_would_be_right(String garbage) {
        var refused = assertThrows(Refused.class, () -> Precondition.of(garbage, null));
        assertEquals(400, refused.problem().status());
        assertEquals("invalid-parameter", refused.problem().code());
    }

    @Test
    void both_headers_contradict_each_other() {
        var refused = assertThrows(Refused.class, () -> Precondition.of("\"7\"", "*"));
        assertEquals("invalid-precondition", refused.problem().code());
    }

    private static Refused fails(Precondition precondition, long version, boolean there) {
        var refused = assertThrows(Refused.class, () -> precondition.bind(ORDER, version, there));
        assertEquals(412, refused.problem().status());
        return refused;
    }
}
