package io.quartermaster.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.es.Rejected;
import io.quartermaster.volume.VolumeCommand.Sighting;
import io.quartermaster.volume.VolumeEvent.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VolumeDeciderTest {

    private static final Instant AT = Instant.parse("2026-01-10T00:00:00Z");
    private static final VolumeSpec SPEC = new VolumeSpec(100, "ssd", false, Map.of());
    private static final VolumeSpec MADE_ELSEWHERE = new VolumeSpec(100, "ssd", true, Map.of());

    private final VolumeDecider decider = new VolumeDecider();
    private final List<VolumeEvent> events = new ArrayList<>();
    private Volume state = decider.initial();

    private List<VolumeEvent> when(VolumeCommand command) {
        var decided = decider.decide(command, state);
        for (var event : decided) state = decider.evolve(state, event);
        events.addAll(decided);
        return decided;
    }

    private String refused(VolumeCommand command) {
        return assertThrows(Rejected.class, () -> decider.decide(command, state)).code();
    }

    private static VolumeCommand.Report report(long size, int second, long version) {
        var spec = new VolumeSpec(size, "ssd", false, Map.of());
        return new VolumeCommand.Report(
                "acme", new Sighting(spec, AT.plusSeconds(second), version));
    }

    private static VolumeCommand.Delete delete(Ending why) {
        return new VolumeCommand.Delete(why, "because", AT);
    }

    @Test
    void a_change_of_size_and_tier_is_two_absolute_facts() {
        when(new VolumeCommand.Define("acme", SPEC));
        assertEquals(
                List.of(new VolumeEvent.Resized(100, 150), new VolumeEvent.Retyped("ssd", "hdd")),
                when(
                        new VolumeCommand.Define(
                                "acme", new VolumeSpec(150, "hdd", false, Map.of()))));
    }

    @Test
    void the_same_definition_again_changes_nothing() {
        when(new VolumeCommand.Define("acme", SPEC));
        assertEquals(List.of(), when(new VolumeCommand.Define("acme", SPEC)));
    }

    @Test
    void another_tenant_gets_it_by_handing_over_only() {
        when(new VolumeCommand.Define("acme", SPEC));
        assertEquals("tenant-immutable", refused(new VolumeCommand.Define("bmc", SPEC)));
        when(new VolumeCommand.HandOver("bmc"));
        assertEquals(List.of(), when(new VolumeCommand.Define("bmc", SPEC)));
    }

    @Test
    void a_volume_that_is_attached_is_not_deleted_by_its_user() {
        when(new VolumeCommand.Define("acme", SPEC));
        when(new VolumeCommand.Attach("m1", false));
        assertEquals("volume-attached", refused(delete(Ending.USER)));
        assertEquals("volume-attached", refused(new VolumeCommand.Attach("m2", false)));
        when(new VolumeCommand.Detach());
        when(delete(Ending.USER));
        assertInstanceOf(Volume.Gone.class, state);
    }

    @Test
    void it_ends_with_its_machine_only_if_that_was_agreed() {
        when(new VolumeCommand.Define("acme", SPEC));
        when(new VolumeCommand.Attach("m1", false));
        assertEquals(List.of(), when(new VolumeCommand.LoseMachine("m2", AT)));
        assertEquals(
                List.of(new VolumeEvent.Detached("m1")),
                when(new VolumeCommand.LoseMachine("m1", AT)));
        when(new VolumeCommand.Attach("m1", true));
        when(new VolumeCommand.LoseMachine("m1", AT));
        assertInstanceOf(Volume.Gone.class, state);
    }

    @Test
    void it_ends_with_its_present_tenant_only_though_it_is_attached() {
        when(new VolumeCommand.Define("acme", SPEC));
        when(new VolumeCommand.HandOver("bmc"));
        when(new VolumeCommand.Attach("m1", false));
        assertEquals(List.of(), when(new VolumeCommand.LoseTenant("acme", "closed", AT)));
        assertEquals(2, when(new VolumeCommand.LoseTenant("bmc", "closed", AT)).size());
        assertInstanceOf(Volume.Gone.class, state);
    }

    @Test
    void nothing_ends_before_it_was_last_seen() {
        when(report(100, 5, 0));
        var deleted =
                assertInstanceOf(VolumeEvent.Deleted.class, when(delete(Ending.USER)).getLast());
        assertEquals(AT.plusSeconds(5), deleted.at());
    }

    @Test
    void a_second_delete_changes_nothing() {
        when(new VolumeCommand.Define("acme", SPEC));
        when(delete(Ending.USER));
        assertEquals(List.of(), when(delete(Ending.USER)));
        assertEquals(List.of(), when(new VolumeCommand.ConfirmDeleted(AT)));
        assertEquals(List.of(), when(new VolumeCommand.ForceDelete("again", AT)));
    }

    @Test
    void what_never_was_cannot_be_deleted_but_may_be_seen_to_be_gone() {
        assertEquals("volume-unknown", refused(delete(Ending.USER)));
        when(new VolumeCommand.ReportDeleted(AT.plusSeconds(10), 0));
        assertInstanceOf(Volume.Gone.class, state);
        when(report(5, 3, 0));
        assertInstanceOf(Volume.Gone.class, state);
        when(report(5, 11, 0));
        assertInstanceOf(Volume.Live.class, state);
    }

    @Test
    void a_late_sighting_is_recorded_and_says_nothing_about_the_present() {
        when(report(100, 5, 0));
        assertEquals(1, when(report(70, 2, 0)).size());
        assertEquals(100, assertInstanceOf(Volume.Live.class, state).spec().sizeBytes());
    }

    @Test
    void the_reporters_own_count_tells_repeats_and_stale_ones() {
        when(report(100, 5, 7));
        assertEquals(List.of(), when(report(100, 9, 7)));
        assertEquals(List.of(), when(report(70, 9, 6)));
        assertEquals(1, when(report(70, 9, 8)).size());
    }

    @Test
    void sightings_in_any_order_and_twice_lead_to_the_same_state() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var reports = new ArrayList<VolumeCommand>();
            for (int i = 1; i < 12; i++) {
                reports.add(
                        random.nextInt(5) == 0
                                ? new VolumeCommand.ReportDeleted(AT.plusSeconds(i), 0)
                                : report(random.nextInt(50), i, 0));
            }
            var inOrder = stateAfter(reports);
            reports.addAll(reports.subList(0, 5));
            Collections.shuffle(reports, random);
            assertEquals(inOrder, stateAfter(reports), "seed " + seed);
        }
    }

    private static Volume stateAfter(List<VolumeCommand> commands) {
        var test = new VolumeDeciderTest();
        commands.forEach(test::when);
        return test.state;
    }

    /** How each kind of ending comes about; one that is added must be added here. */
    private List<VolumeEvent> ended(Ending why) {
        state = decider.initial();
        events.clear();
        switch (why) {
            case USER -> {
                when(new VolumeCommand.Define("acme", SPEC));
                when(delete(why));
            }
            case WITH_TENANT -> {
                when(new VolumeCommand.Define("acme", SPEC));
                when(new VolumeCommand.LoseTenant("acme", "closed", AT));
            }
            case WITH_MACHINE -> {
                when(new VolumeCommand.Define("acme", SPEC));
                when(new VolumeCommand.Attach("m1", true));
                when(new VolumeCommand.LoseMachine("m1", AT));
            }
            case CREATION_FAILED -> {
                when(new VolumeCommand.Define("acme", MADE_ELSEWHERE));
                when(new VolumeCommand.FailCreation("no space", AT));
            }
            case FORCED -> {
                when(new VolumeCommand.Define("acme", MADE_ELSEWHERE));
                when(new VolumeCommand.ConfirmCreated());
                when(delete(Ending.USER));
                when(new VolumeCommand.ForceDelete("the array burned", AT));
            }
            case RECONCILED -> {
                when(new VolumeCommand.Define("acme", MADE_ELSEWHERE));
                when(new VolumeCommand.ConfirmCreated());
                when(new VolumeCommand.ConfirmDeleted(AT));
            }
            case REPORTED -> {
                when(report(100, -5, 0));
                when(new VolumeCommand.ReportDeleted(AT, 0));
            }
        }
        return List.copyOf(events);
    }

    @Test
    void every_way_to_end_ends_in_the_same_event_at_the_right_instant() {
        for (var why : Ending.values()) {
            var deleted =
                    assertInstanceOf(VolumeEvent.Deleted.class, ended(why).getLast(), why::name);
            assertEquals(why, deleted.why());
            assertEquals(AT, deleted.at());
            assertInstanceOf(Volume.Gone.class, state, why::name);
        }
    }

    @Test
    void every_event_is_part_of_a_way_to_end_or_a_mere_change() {
        var tried =
                EnumSet.allOf(Ending.class).stream()
                        .flatMap(why -> ended(why).stream())
                        .map(Object::getClass)
                        .collect(Collectors.toSet());
        Set<Class<?>> changes =
                Set.of(
                        VolumeEvent.Resized.class,
                        VolumeEvent.Retyped.class,
                        VolumeEvent.Relabelled.class,
                        VolumeEvent.HandedOver.class,
                        VolumeEvent.Detached.class);
        for (var event : VolumeEvent.class.getPermittedSubclasses()) {
            assertTrue(
                    tried.contains(event) || changes.contains(event),
                    () -> event + " leads to no end, nor is it known as a mere change");
        }
        assertEquals(11 - changes.size(), tried.size(), () -> Arrays.toString(tried.toArray()));
    }
}
