package io.quartermaster.machine;

import static io.quartermaster.es.Scenario.given;
import static io.quartermaster.machine.Samples.facts;
import static io.quartermaster.machine.Samples.host;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quartermaster.es.Scenario;
import io.quartermaster.machine.Host.Occupancy;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostDeciderTest {

    private static final HostEvent ENROLLED = new HostEvent.Enrolled(host(), "inventory");
    private static final HostEvent INSPECTED = new HostEvent.Inspected(facts());

    private static Scenario<HostCommand, Host, HostEvent> unknown() {
        return given(new HostDecider());
    }

    private static Scenario<HostCommand, Host, HostEvent> available() {
        return unknown().and(ENROLLED, INSPECTED);
    }

    private static Scenario<HostCommand, Host, HostEvent> reservedBy(String machine) {
        return available().and(new HostEvent.Reserved(machine));
    }

    private static Scenario<HostCommand, Host, HostEvent> usedBy(String machine) {
        return reservedBy(machine).and(new HostEvent.Occupied(machine));
    }

    @Test
    void a_host_is_enrolled_with_its_source() {
        unknown().when(new HostCommand.Enrol(host(), "inventory")).then(ENROLLED);
    }

    @Test
    void enrolling_the_same_again_changes_nothing() {
        available().when(new HostCommand.Enrol(host(), "inventory")).then();
    }

    @Test
    void enrolling_otherwise_changes_what_is_known() {
        var declared = host(List.of("ssh-ed25519 A"));
        available()
                .when(new HostCommand.Enrol(declared, "inventory"))
                .then(new HostEvent.SpecChanged(declared, "inventory"));
    }

    @Test
    void a_host_belongs_to_the_source_that_enrolled_it() {
        available().when(new HostCommand.Enrol(host(), "manifest")).thenRejected("host-owned");
    }

    @Test
    void nothing_can_be_asked_of_an_unknown_host() {
        unknown().when(new HostCommand.Reserve("m1")).thenRejected("host-unknown");
    }

    @Test
    void the_first_contact_pins_the_key() {
        available()
                .when(new HostCommand.PinKey("ssh-ed25519 A"))
                .then(new HostEvent.KeyPinned("ssh-ed25519 A"));
    }

    @Test
    void the_pinned_key_may_be_pinned_again() {
        available()
                .and(new HostEvent.KeyPinned("ssh-ed25519 A"))
                .when(new HostCommand.PinKey("ssh-ed25519 A"))
                .then();
    }

    @Test
    void another_key_is_not_pinned_over_the_first() {
        available()
                .and(new HostEvent.KeyPinned("ssh-ed25519 A"))
                .when(new HostCommand.PinKey("ssh-ed25519 B"))
                .thenRejected("host-key-pinned");
    }

    @Test
    void declared_keys_stand_against_a_first_contact() {
        unknown()
                .and(new HostEvent.Enrolled(host(List.of("ssh-ed25519 A")), "inventory"))
                .when(new HostCommand.PinKey("ssh-ed25519 B"))
                .thenRejected("host-key-pinned");
    }

    @Test
    void a_change_that_declares_no_keys_keeps_the_pinned_one() {
        var state =
                available()
                        .and(new HostEvent.KeyPinned("ssh-ed25519 A"))
                        .and(new HostEvent.SpecChanged(host(), "inventory"))
                        .state();
        assertEquals(List.of("ssh-ed25519 A"), ((Host.Live) state).keys());
    }

    @Test
    void after_its_keys_are_forgotten_a_host_may_show_another() {
        available()
                .and(new HostEvent.KeyPinned("ssh-ed25519 A"))
                .after(new HostCommand.ForgetKeys("re-imaged"))
                .when(new HostCommand.PinKey("ssh-ed25519 B"))
                .then(new HostEvent.KeyPinned("ssh-ed25519 B"));
    }

    @Test
    void forgetting_the_keys_lifts_the_quarantine() {
        available()
                .and(new HostEvent.Quarantined("host-key-changed", "another key"))
                .when(new HostCommand.ForgetKeys("re-imaged"))
                .then(
                        new HostEvent.KeysForgotten("re-imaged"),
                        new HostEvent.QuarantineLifted("re-imaged"));
    }

    @Test
    void forgetting_the_keys_of_a_trusted_host_lifts_nothing() {
        available()
                .when(new HostCommand.ForgetKeys("re-imaged"))
                .then(new HostEvent.KeysForgotten("re-imaged"));
    }

    @Test
    void the_same_facts_are_recorded_once() {
        available().when(new HostCommand.RecordFacts(facts())).then();
    }

    @Test
    void other_facts_are_recorded() {
        available()
                .when(new HostCommand.RecordFacts(facts("boot-2")))
                .then(new HostEvent.Inspected(facts("boot-2")));
    }

    @Test
    void an_available_host_is_kept_for_the_machine_that_asks_first() {
        available().when(new HostCommand.Reserve("m1")).then(new HostEvent.Reserved("m1"));
    }

    @Test
    void a_second_machine_is_told_that_the_host_is_taken() {
        reservedBy("m1")
                .when(new HostCommand.Reserve("m2"))
                .then(new HostEvent.ReservationRefused("m2", "machine m1 is on it"));
    }

    @Test
    void the_machine_that_has_the_host_may_reserve_it_again() {
        usedBy("m1").when(new HostCommand.Reserve("m1")).then();
    }

    @Test
    void a_host_that_was_never_inspected_is_not_given_out() {
        unknown()
                .and(ENROLLED)
                .when(new HostCommand.Reserve("m1"))
                .then(new HostEvent.ReservationRefused("m1", "it was never inspected"));
    }

    @Test
    void a_quarantined_host_is_not_given_out() {
        available()
                .and(new HostEvent.Quarantined("host-key-changed", "another key"))
                .when(new HostCommand.Reserve("m1"))
                .then(new HostEvent.ReservationRefused("m1", "it is quarantined: another key"));
    }

    @Test
    void a_host_in_maintenance_is_not_given_out() {
        available()
                .and(new HostEvent.MaintenanceStarted("new disks"))
                .when(new HostCommand.Reserve("m1"))
                .then(new HostEvent.ReservationRefused("m1", "it is in maintenance: new disks"));
    }

    @Test
    void the_machine_that_reserved_it_occupies_the_host() {
        reservedBy("m1").when(new HostCommand.Occupy("m1")).then(new HostEvent.Occupied("m1"));
    }

    @Test
    void nobody_else_occupies_it() {
        reservedBy("m1").when(new HostCommand.Occupy("m2")).thenRejected("host-not-reserved");
    }

    @Test
    void occupying_twice_is_occupying_once() {
        usedBy("m1").when(new HostCommand.Occupy("m1")).then();
    }

    @Test
    void only_its_machine_has_the_host_cleaned() {
        usedBy("m1").when(new HostCommand.Clean("m2")).thenRejected("host-not-reserved");
    }

    @Test
    void a_released_host_is_cleaned_before_it_is_available_again() {
        usedBy("m1")
                .after(new HostCommand.Clean("m1"))
                .when(new HostCommand.Reserve("m2"))
                .then(new HostEvent.ReservationRefused("m2", "machine m1 is on it"));
    }

    @Test
    void a_freed_host_is_available_again() {
        usedBy("m1")
                .after(new HostCommand.Clean("m1"), new HostCommand.Free("m1"))
                .when(new HostCommand.Reserve("m2"))
                .then(new HostEvent.Reserved("m2"));
    }

    @Test
    void a_machine_cannot_free_the_host_of_another() {
        usedBy("m1").when(new HostCommand.Free("m2")).then();
    }

    @Test
    void a_host_in_use_is_not_retired() {
        usedBy("m1").when(new HostCommand.Retire("sold")).thenRejected("host-in-use");
    }

    @Test
    void a_retired_host_may_be_enrolled_again_and_is_inspected_anew() {
        var state =
                available()
                        .after(new HostCommand.Retire("sold"))
                        .when(new HostCommand.Enrol(host(), "manifest"))
                        .state();
        assertEquals("enrolled", ((Host.Live) state).state());
    }

    @Test
    void quarantine_does_not_lose_the_machine_on_the_host() {
        var state = usedBy("m1").when(new HostCommand.Quarantine("x", "y")).state();
        assertEquals(new Occupancy.InUse("m1"), ((Host.Live) state).occupancy());
    }

    @Test
    void a_host_is_quarantined_once() {
        available()
                .and(new HostEvent.Quarantined("x", "y"))
                .when(new HostCommand.Quarantine("x", "again"))
                .then();
    }

    @Test
    void maintenance_of_a_quarantined_host_waits_for_trust() {
        available()
                .and(new HostEvent.Quarantined("x", "y"))
                .when(new HostCommand.StartMaintenance("new disks"))
                .thenRejected("host-quarantined");
    }

    @Test
    void maintenance_outlives_a_quarantine_that_came_in_between() {
        available()
                .after(
                        new HostCommand.StartMaintenance("new disks"),
                        new HostCommand.Quarantine("x", "y"),
                        new HostCommand.LiftQuarantine("checked"))
                .when(new HostCommand.Reserve("m1"))
                .then(new HostEvent.ReservationRefused("m1", "it is in maintenance: new disks"));
    }

    @Test
    void maintenance_does_not_end_behind_a_quarantine() {
        available()
                .after(
                        new HostCommand.StartMaintenance("new disks"),
                        new HostCommand.Quarantine("x", "y"))
                .when(new HostCommand.EndMaintenance())
                .thenRejected("host-quarantined");
    }

    @Test
    void forgetting_the_keys_returns_a_host_to_its_maintenance() {
        available()
                .after(
                        new HostCommand.StartMaintenance("new disks"),
                        new HostCommand.Quarantine("x", "y"))
                .when(new HostCommand.ForgetKeys("re-imaged"))
                .then(
                        new HostEvent.KeysForgotten("re-imaged"),
                        new HostEvent.QuarantineLifted("re-imaged"),
                        new HostEvent.MaintenanceStarted("new disks"));
    }
}
